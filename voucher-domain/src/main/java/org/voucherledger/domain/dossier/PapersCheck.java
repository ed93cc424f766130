package org.voucherledger.domain.dossier;

import static org.voucherledger.domain.rule.Check.DOCUMENTS;
import static org.voucherledger.domain.rule.Rule.GZ_45;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.scheme.SchemeTerms.Papers;

/** GZ-45: each required kind is there, one file a kind, of an admitted type and size. */
public final class PapersCheck {

    private PapersCheck() {}

    /** The first thing wrong with the documents of a step, or {@code null}. */
    public static Decision of(String step, List<Document> documents, Papers papers) {
        var kinds = new HashSet<String>();
        for (Document document : documents) {
            if (!kinds.add(document.kind())) {
                return GZ_45.holds(
                        DOCUMENTS, "OneFileAKind", false, "one file a kind", document.kind(), document.name());
            }
            if (!papers.mediaTypes().contains(document.mediaType())) {
                return GZ_45.holds(
                        DOCUMENTS,
                        "TypeNotAdmitted",
                        false,
                        papers.mediaTypes().toString(),
                        document.mediaType(),
                        document.name());
            }
            if (document.sizeBytes() > papers.mostBytes()) {
                return GZ_45.holds(
                        DOCUMENTS,
                        "TooLarge",
                        false,
                        papers.mostBytes() + " bytes",
                        document.sizeBytes() + " bytes",
                        document.name());
            }
        }
        Set<String> required = papers.required().getOrDefault(step, Set.of());
        return kinds.containsAll(required)
                ? null
                : GZ_45.holds(DOCUMENTS, "DocumentMissing", false, required.toString(), kinds.toString(), step);
    }
}
