package org.voucherledger.domain.dossier;

import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Rule.GZ_45;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.rule.Checks;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms.Papers;

/** GZ-45: each required kind is there, one file a kind, of an admitted type and size. */
public final class PapersCheck {

    private PapersCheck() {}

    /** The first thing wrong with the documents of a step, or {@code null}. */
    public static Decision of(String step, List<Document> documents, Papers papers) {
        // Sorted, so that what was decided reads the same whenever it is decided.
        var kinds = new TreeSet<String>();
        Stream<Decision> each = documents.stream()
                .flatMap(document -> Stream.of(
                        GZ_45.holds(
                                DOCUMENTS,
                                "OneFileAKind",
                                kinds.add(document.kind()),
                                "one file a kind",
                                document.kind(),
                                document.sha256()),
                        GZ_45.holds(
                                DOCUMENTS,
                                "TypeNotAdmitted",
                                papers.mediaTypes().contains(document.mediaType()),
                                new TreeSet<>(papers.mediaTypes()).toString(),
                                document.mediaType(),
                                document.kind()),
                        GZ_45.holds(
                                DOCUMENTS,
                                "TooLarge",
                                document.sizeBytes() <= papers.mostBytes(),
                                papers.mostBytes() + " bytes",
                                document.sizeBytes() + " bytes",
                                document.kind())));
        Set<String> required = new TreeSet<>(papers.required().getOrDefault(step, Set.of()));
        return Checks.first(Stream.concat(
                each,
                Stream.of(kinds)
                        .map(given -> GZ_45.holds(
                                DOCUMENTS,
                                "DocumentMissing",
                                given.containsAll(required),
                                required.toString(),
                                given.toString(),
                                step))));
    }
}
