package org.voucherledger.projections.audittrail;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.serialization.Serializer;
import org.voucherledger.domain.aggregate.AuthorityDecision;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.DocumentsOf;
import org.voucherledger.domain.redemption.ClaimEvent;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherOrdered;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReserved;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherTaken;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherUsed;
import org.voucherledger.projections.projection.Documents;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/** Every event, as it was written, under everything it concerns (ALL-04). */
public final class AuditTrailProjection implements Projection {

    public static final String NAME = "audittrail";

    private static final String WRITE_EVENT =
            "insert into {slot}.event values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?::json)";
    private static final String WRITE_CONCERN = "insert into {slot}.concern values (?, ?, ?)";
    private static final String WRITE_HANDED = "insert into {slot}.handed values (?, ?, ?) on conflict do nothing";
    private static final String WRITE_PARTIES =
            "insert into {slot}.parties values (?, ?::json) on conflict (id) do update set state = excluded.state";

    private final Serializer payloads;

    /** @param payloads the serializer of the log, so that the trail shows what the log holds */
    public AuditTrailProjection(Serializer payloads) {
        this.payloads = payloads;
    }

    /** Whom a voucher concerns besides itself. */
    record Parties(String enterpriseId, String holderRef, String providerId) {
        private static final Parties NONE = new Parties("", "", "");

        List<Subject> subjects() {
            var all = new ArrayList<Subject>();
            add(all, SubjectKind.ENTERPRISE, enterpriseId);
            add(all, SubjectKind.HOLDER, holderRef);
            add(all, SubjectKind.PROVIDER, providerId);
            return all;
        }

        private static void add(List<Subject> all, SubjectKind kind, String id) {
            if (!id.isEmpty()) {
                all.add(new Subject(kind, id));
            }
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        var named = new ArrayList<Set<Subject>>(events.size());
        var vouchers = new TreeSet<String>();
        for (Told told : events) {
            Set<Subject> subjects = Subjects.of(told.event());
            named.add(subjects);
            subjects.stream().filter(s -> s.kind() == SubjectKind.VOUCHER).forEach(s -> vouchers.add(s.id()));
        }
        var parties = tables.documents("parties", "state", Parties.class).fetch(vouchers);
        var eventRows = new ArrayList<Object[]>();
        var concernRows = new ArrayList<Object[]>();
        var handedRows = new ArrayList<Object[]>();
        for (int i = 0; i < events.size(); i++) {
            Told told = events.get(i);
            follow(told, parties);
            eventRows.add(row(told));
            Set<Subject> concerned = widened(named.get(i), parties);
            for (Subject subject : concerned) {
                concernRows.add(new Object[] {subject.kind().name(), subject.id(), told.position()});
            }
            handed(told, named.get(i), concerned, handedRows);
        }
        tables.write(WRITE_EVENT, eventRows);
        tables.write(WRITE_CONCERN, concernRows);
        tables.write(WRITE_HANDED, handedRows);
        var partyRows = new ArrayList<Object[]>();
        parties.changed().forEach(id -> partyRows.add(new Object[] {id, parties.json(id)}));
        tables.write(WRITE_PARTIES, partyRows);
    }

    private static void follow(Told told, Documents<Parties> parties) {
        switch (told.event()) {
            case VoucherIssued e -> parties.put(e.voucherId(), new Parties(e.enterpriseId(), "", ""));
            case VoucherTaken e -> parties.put(e.voucherId(), new Parties("", e.holderRef(), ""));
            case VoucherUsed e -> {
                Parties before = parties.getOrDefault(e.voucherId(), Parties.NONE);
                parties.put(e.voucherId(), new Parties("", before.holderRef(), e.providerId()));
            }
            case VoucherReserved e -> parties.put(e.voucherId(), new Parties(e.enterpriseId(), "", e.providerId()));
            case VoucherOrdered e -> {
                Parties before = parties.getOrDefault(e.voucherId(), Parties.NONE);
                parties.put(e.voucherId(), new Parties(before.enterpriseId(), "", e.providerId()));
            }
            default -> {}
        }
    }

    /** An event that names one voucher concerns its parties too; one that names many (a claim's) names its parties itself. */
    private static Set<Subject> widened(Set<Subject> named, Documents<Parties> parties) {
        var all = new LinkedHashSet<>(named);
        var vouchers =
                named.stream().filter(s -> s.kind() == SubjectKind.VOUCHER).toList();
        if (vouchers.size() == 1) {
            all.addAll(
                    parties.getOrDefault(vouchers.getFirst().id(), Parties.NONE).subjects());
        }
        return all;
    }

    /**
     * Whom a document is handed to: the parties of the voucher; of a claim only those that the event itself names, because its
     * papers are no business of each enterprise, nor an objection's of the claimant. A complaint's is handed to nobody.
     */
    private static void handed(Told told, Set<Subject> named, Set<Subject> concerned, List<Object[]> rows) {
        Set<Subject> to = switch (told.event()) {
            case VoucherEvent ofVoucher -> concerned;
            case ClaimEvent ofClaim -> named;
            default -> Set.of();
        };
        for (Document document : DocumentsOf.named(told.event())) {
            for (Subject subject : to) {
                if (subject.kind().isParty()) {
                    rows.add(new Object[] {subject.kind().name(), subject.id(), document.sha256()});
                }
            }
        }
    }

    private Object[] row(Told told) {
        var written = told.written(payloads);
        return new Object[] {
            told.position(),
            told.event().streamId(),
            told.sequence(),
            told.event().getClass().getSimpleName(),
            Tables.time(told.at()),
            Tables.time(told.recordedAt()),
            told.said(Stamp.ACTOR),
            told.said(Stamp.ROLE),
            told.said(Stamp.ON_BEHALF_OF),
            told.said(Stamp.REASON),
            told.said(Stamp.COMMAND_ID),
            told.said(Stamp.SCHEME_VERSION),
            written.getType().getName(),
            written.getType().getRevision(),
            written.getData(),
            told.event() instanceof AuthorityDecision,
            told.json(Stamp.DECISIONS)
        };
    }
}
