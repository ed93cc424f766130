package org.voucherledger.domain.registering;

import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Rule.GZ_02;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.EnterpriseCommand.VerifyEnterprise;
import org.voucherledger.domain.rule.Decision;

/** Which papers an enterprise is verified by, in every scheme (GZ-02). */
public final class VerificationPapers {

    public static final String LICENCE = "LICENCE";
    public static final String TAX_CERTIFICATE = "TAX_CERTIFICATE";
    public static final String SOCIAL_INSURANCE_PROOF = "SOCIAL_INSURANCE_PROOF";
    public static final String DECLARATION = "DECLARATION";

    private VerificationPapers() {}

    /** The licence, last year's tax certificate or a proof of social insurance, and the declaration. */
    public static Decision areComplete(VerifyEnterprise verify) {
        Set<String> kinds = verify.documents().stream().map(Document::kind).collect(Collectors.toSet());
        boolean complete = kinds.containsAll(List.of(LICENCE, DECLARATION))
                && (kinds.contains(TAX_CERTIFICATE) || kinds.contains(SOCIAL_INSURANCE_PROOF));
        return GZ_02.holds(
                DOCUMENTS,
                "VerificationPapersMissing",
                complete,
                LICENCE + ", " + TAX_CERTIFICATE + " or " + SOCIAL_INSURANCE_PROOF + ", " + DECLARATION,
                kinds.stream().sorted().collect(Collectors.joining(", ")),
                String.valueOf(verify.year()));
    }

    /** The declaration is valid in the year in which it is signed, and no other. */
    public static Decision areOfTheYear(VerifyEnterprise verify) {
        LocalDate signed = verify.declarationSignedOn();
        return GZ_02.holds(
                DOCUMENTS,
                "DeclarationOfAnotherYear",
                signed.getYear() == verify.year(),
                String.valueOf(verify.year()),
                signed.toString(),
                String.valueOf(verify.year()));
    }

    /** What is signed has been signed. */
    static Decision areSigned(VerifyEnterprise verify, LocalDate today) {
        LocalDate signed = verify.declarationSignedOn();
        return GZ_02.holds(
                DOCUMENTS,
                "DeclarationNotYetSigned",
                !signed.isAfter(today),
                today.toString(),
                signed.toString(),
                String.valueOf(verify.year()));
    }
}
