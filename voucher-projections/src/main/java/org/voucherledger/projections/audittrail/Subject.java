package org.voucherledger.projections.audittrail;

import java.util.Arrays;
import java.util.Optional;

/** A thing of the world that events concern. */
public record Subject(SubjectKind kind, String id) {

    /** Reads {@code kind:id}; empty if it is not of that form. */
    public static Optional<Subject> parse(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0 || colon == text.length() - 1) {
            return Optional.empty();
        }
        String word = text.substring(0, colon);
        return Arrays.stream(SubjectKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .map(kind -> new Subject(kind, text.substring(colon + 1)));
    }
}
