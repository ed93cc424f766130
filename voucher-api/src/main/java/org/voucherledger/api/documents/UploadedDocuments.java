package org.voucherledger.api.documents;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.api.pipeline.CommandRequest;
import org.voucherledger.api.pipeline.NamedDocuments;
import org.voucherledger.domain.command.Actor;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.DocumentsOf;
import org.voucherledger.domain.party.EnterpriseCommand;
import org.voucherledger.domain.party.ProviderCommand;
import org.voucherledger.domain.rule.Check;
import org.voucherledger.domain.rule.Decision;
import org.voucherledger.domain.rule.Rule;

/**
 * GZ-45: what a command names was uploaded by who names it, or by the party that is being checked (GZ-02), and is what the
 * command says it is. What somebody else uploaded is to be told from what nobody did by no answer, so that a hash alone is of
 * no use.
 */
final class UploadedDocuments implements NamedDocuments {

    private static final String FIND =
            """
            select asked.number, d.sha256, d.media_type, d.size_bytes, d.erased_at, d.erased_by, d.erased_reason
            from unnest(?, ?, ?, ?, ?, ?) with ordinality as asked (sha256, actor, role, staff, party, checked, number)
            join ledger.document d using (sha256)
            where exists (select from ledger.document_upload u where u.sha256 = asked.sha256
            """ + " and (" + DocumentRegister.brought("asked.actor", "asked.role", "asked.staff", "asked.party")
                    + " or asked.checked <> '' and u.on_behalf_of = asked.checked))";

    /**
     * A document as an actor names it.
     *
     * @param checked the party whose papers are being checked; empty where none are
     */
    private record Naming(Actor by, String checked, String sha256) {

        private static Naming of(CommandRequest request, Document document) {
            return new Naming(request.actor(), checked(request), document.sha256());
        }

        /** GZ-02: the party uploads, the operator checks; to name a paper to whoever brought it hands it on to nobody. */
        private static String checked(CommandRequest request) {
            if (!request.actor().role().isStaff()) {
                return "";
            }
            return switch (request.command()) {
                case EnterpriseCommand of -> of.enterpriseId();
                case ProviderCommand of -> of.providerId();
                default -> "";
            };
        }
    }

    @Override
    public Function<CommandRequest, Optional<Decision>> among(Collection<CommandRequest> requests, JdbcTemplate sql) {
        var asked = new LinkedHashSet<Naming>();
        for (CommandRequest request : requests) {
            DocumentsOf.named(request.command()).forEach(document -> asked.add(Naming.of(request, document)));
        }
        Map<Naming, DocumentRegister.Entry> known = asked.isEmpty() ? Map.of() : known(new ArrayList<>(asked), sql);
        return request -> DocumentsOf.named(request.command()).stream()
                .map(document -> refusal(document, known.get(Naming.of(request, document))))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Map<Naming, DocumentRegister.Entry> known(List<Naming> asked, JdbcTemplate sql) {
        var known = new HashMap<Naming, DocumentRegister.Entry>();
        sql.query(
                FIND,
                row -> {
                    known.put(asked.get(row.getInt("number") - 1), DocumentRegister.Entry.read(row, 0));
                },
                asked.stream().map(Naming::sha256).toArray(String[]::new),
                asked.stream().map(naming -> naming.by().id()).toArray(String[]::new),
                asked.stream().map(naming -> naming.by().role().name()).toArray(String[]::new),
                asked.stream().map(naming -> naming.by().role().isStaff()).toArray(Boolean[]::new),
                asked.stream().map(naming -> naming.by().onBehalfOf()).toArray(String[]::new),
                asked.stream().map(Naming::checked).toArray(String[]::new));
        return known;
    }

    private static Decision refusal(Document named, DocumentRegister.Entry entry) {
        List<Decision> decisions = List.of(
                Rule.GZ_45.holds(
                        Check.DOCUMENTS,
                        "DocumentNotUploaded",
                        entry != null && entry.erased() == null,
                        "a document uploaded by who names it",
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
