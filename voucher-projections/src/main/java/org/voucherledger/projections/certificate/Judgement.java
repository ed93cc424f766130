package org.voucherledger.projections.certificate;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was found out about a certificate.
 *
 * @param checked what was checked; a check that is not among it says nothing
 * @param faults the first of each check, in the order of the checks; empty if everything holds
 * @param certificate {@code null} if the file is none
 */
public record Judgement(Set<CertificateCheck> checked, List<Fault> faults, Certificate certificate) {

    /** What does not hold and why, in Chinese and in English. */
    public record Fault(CertificateCheck check, String zh, String en) {}

    public boolean holds() {
        return faults.isEmpty();
    }

    public Optional<Fault> of(CertificateCheck check) {
        return faults.stream().filter(f -> f.check() == check).findFirst();
    }
}
