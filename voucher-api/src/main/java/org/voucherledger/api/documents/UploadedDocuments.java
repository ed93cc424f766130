package org.voucherledger.api.documents;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.pipeline.NamedDocuments;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/** GZ-45: what a command names has been uploaded, and is what the command says it is. */
final class UploadedDocuments implements NamedDocuments {

    private static final String FIND = """
            select sha256, media_type, size_bytes, erased_at, erased_by, erased_reason
            from ledger.document where sha256 = any(?)
            """;

    @Override
    public Function<Command, Optional<Decision>> among(Collection<Command> commands, JdbcTemplate sql) {
        String[] named = commands.stream()
                .flatMap(command -> DocumentsOf.named(command).stream())
                .map(Document::sha256)
                .distinct()
                .toArray(String[]::new);
        Map<String, DocumentRegister.Entry> known = new HashMap<>();
        if (named.length > 0) {
            sql.query(FIND, DocumentRegister.Entry::read, (Object) named)
                    .forEach(entry -> known.put(entry.sha256(), entry));
        }
        return command -> DocumentsOf.named(command).stream()
                .map(document -> refusal(document, known.get(document.sha256())))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Decision refusal(Document named, DocumentRegister.Entry entry) {
        List<Decision> decisions = List.of(
                Rule.GZ_45.holds(
                        Check.DOCUMENTS,
                        "DocumentNotUploaded",
                        entry != null && entry.erased() == null,
                        "an uploaded document",
                        entry == null || entry.erased() == null
                                ? "not uploaded"
                                : "erased " + entry.erased().at(),
                        named.kind() + " " + named.sha256()),
                Rule.GZ_45.holds(
                        Check.DOCUMENTS,
                        "DocumentDiffers",
                        entry != null
                                && entry.mediaType().equals(named.mediaType())
                                && entry.sizeBytes() == named.sizeBytes(),
                        entry == null ? "" : entry.mediaType() + ", " + entry.sizeBytes() + " bytes",
                        named.mediaType() + ", " + named.sizeBytes() + " bytes",
                        named.kind() + " " + named.sha256()));
        return decisions.stream()
                .filter(decision -> !decision.allowed())
                .findFirst()
                .orElse(null);
    }
}
