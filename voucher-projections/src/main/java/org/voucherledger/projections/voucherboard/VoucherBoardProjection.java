package org.voucherledger.projections.voucherboard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.voucherledger.domain.aggregate.DomainEvent;
import org.voucherledger.domain.batch.BatchEvent;
import org.voucherledger.domain.batch.BatchEvent.BatchDateMoved;
import org.voucherledger.domain.batch.BatchEvent.GrantPublished;
import org.voucherledger.domain.batch.BatchState;
import org.voucherledger.domain.dossier.Deadlines;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseFreezeLifted;
import org.voucherledger.domain.party.EnterpriseState;
import org.voucherledger.domain.party.ProviderEvent;
import org.voucherledger.domain.party.ProviderEvent.ProviderFreezeLifted;
import org.voucherledger.domain.party.ProviderState;
import org.voucherledger.domain.party.Standing;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.projections.affected.Affected;
import org.voucherledger.projections.projection.Parts;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.States;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/** Each voucher as it is now, with the deadlines that the domain reckons for it from its batch and its parties. */
public final class VoucherBoardProjection implements Projection {

    public static final String NAME = "voucherboard";

    private static final String WRITE_VOUCHER = """
            insert into {slot}.voucher values
              (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json)
            on conflict (id) do update set
              (provider_id, product_id, product_version, service_type, purchase_reference, purchase_fen, claim_id, status, expected_fen, held_fen,
               ordered_fen, paid_fen, accepted_fen, claimed_fen, redeemed_fen, back_fen, approved_fen, owed_fen,
               clawback_due_fen, contracted, undo_requested, frozen, issued_at, order_by, valid_until, redemption_until,
               own_order_by, extended_until, changed_at, position, state) =
              (excluded.provider_id, excluded.product_id, excluded.product_version, excluded.service_type,
               excluded.purchase_reference, excluded.purchase_fen, excluded.claim_id, excluded.status, excluded.expected_fen, excluded.held_fen, excluded.ordered_fen,
               excluded.paid_fen, excluded.accepted_fen, excluded.claimed_fen, excluded.redeemed_fen, excluded.back_fen,
               excluded.approved_fen, excluded.owed_fen, excluded.clawback_due_fen, excluded.contracted,
               excluded.undo_requested, excluded.frozen, excluded.issued_at, excluded.order_by, excluded.valid_until,
               excluded.redemption_until, excluded.own_order_by, excluded.extended_until, excluded.changed_at,
               excluded.position, excluded.state)
            """;

    private static final List<String> DEADLINE_COLUMNS = List.of("text", "text", "text", "text");
    /** What has been written in the same turn has the new dates already. */
    private static final String WRITE_DEADLINES = """
            update {slot}.voucher v set order_by = n.order_by, valid_until = n.valid_until, redemption_until = n.redemption_until
            from (select id, o::timestamptz as order_by, v::timestamptz as valid_until, r::timestamptz as redemption_until
                  from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as sent(o, v, r, id)) n
            where v.id = n.id and (v.order_by, v.valid_until, v.redemption_until)
              is distinct from (n.order_by, n.valid_until, n.redemption_until)
            """;

    private static final String WRITE_OWN = """
            update {slot}.voucher set order_by = ?, valid_until = ?, redemption_until = ?, own_order_by = ?, extended_until = ?
            where id = ?
            """;

    private static final String WRITE_STATE =
            "insert into {slot}.%s values (?, ?::json) on conflict (id) do update set state = excluded.state";

    private static final String WRITE_PARTY = """
            insert into {slot}.%s values (?, ?, ?, ?, ?::json) on conflict (id) do update set
              (frozen, disqualified, position, state) =
              (excluded.frozen, excluded.disqualified, excluded.position, excluded.state)
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        Parts.of(events, BatchDateMoved.class::isInstance).forEach(part -> new Telling(part, tables).tell());
    }

    /** One batch of events and the states it touches. */
    private static final class Telling {

        private final List<Told> events;
        private final Tables tables;
        private final States<VoucherState, VoucherEvent> vouchers;
        private final States<BatchState, BatchEvent> batches;
        private final States<SchemeState, SchemeEvent> schemes;
        private final States<EnterpriseState, EnterpriseEvent> enterprises;
        private final States<ProviderState, ProviderEvent> providers;
        private final Set<String> redatedBatches = new HashSet<>();
        private final Set<String> liftedParties = new HashSet<>();
        private MovedDate moved;

        Telling(List<Told> events, Tables tables) {
            this.events = events;
            this.tables = tables;
            vouchers = tables.states(
                    "voucher",
                    VoucherState.class,
                    VoucherState.EMPTY,
                    VoucherState::withoutPapers,
                    ids(VoucherEvent.class, VoucherEvent::voucherId));
            batches = tables.states(
                    "batch", BatchState.class, BatchState.EMPTY, ids(BatchEvent.class, BatchEvent::batchId));
            schemes = tables.states(
                    "scheme", SchemeState.class, SchemeState.EMPTY, ids(SchemeEvent.class, SchemeEvent::schemeId));
            enterprises = tables.states(
                    "enterprise",
                    EnterpriseState.class,
                    EnterpriseState.EMPTY,
                    ids(EnterpriseEvent.class, EnterpriseEvent::enterpriseId));
            providers = tables.states(
                    "provider",
                    ProviderState.class,
                    ProviderState.EMPTY,
                    ids(ProviderEvent.class, ProviderEvent::providerId));
        }

        private <E extends DomainEvent> Collection<String> ids(
                Class<E> kind, java.util.function.Function<E, String> id) {
            return events.stream()
                    .map(Told::event)
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .map(id)
                    .toList();
        }

        void tell() {
            events.forEach(this::evolve);
            writeStates("batch", batches);
            writeStates("scheme", schemes);
            writeParties();
            writeVouchers();
            writeLifted();
            redatedBatches.forEach(this::writeDeadlinesOf);
        }

        private void evolve(Told told) {
            switch (told.event()) {
                case VoucherEvent e -> vouchers.evolve(e.voucherId(), told, e);
                case BatchEvent e -> {
                    if (e instanceof BatchDateMoved move) {
                        BatchState batch = batches.now(move.batchId());
                        moved = MovedDate.of(
                                move, batch, schemes.now(batch.opened().schemeId()));
                    }
                    batches.evolve(e.batchId(), told, e);
                    if (e instanceof GrantPublished || e instanceof BatchDateMoved) {
                        redatedBatches.add(e.batchId());
                    }
                }
                case SchemeEvent e -> schemes.evolve(e.schemeId(), told, e);
                case EnterpriseEvent e -> {
                    enterprises.evolve(e.enterpriseId(), told, e);
                    if (e instanceof EnterpriseFreezeLifted) {
                        liftedParties.add(e.enterpriseId());
                    }
                }
                case ProviderEvent e -> {
                    providers.evolve(e.providerId(), told, e);
                    if (e instanceof ProviderFreezeLifted) {
                        liftedParties.add(e.providerId());
                    }
                }
                default -> {}
            }
        }

        private void writeStates(String table, States<?, ?> states) {
            var rows = new ArrayList<Object[]>();
            states.changed().keySet().forEach(id -> rows.add(new Object[] {id, states.json(id)}));
            tables.write(WRITE_STATE.formatted(table), rows);
        }

        private void writeParties() {
            var rows = new ArrayList<Object[]>();
            enterprises
                    .changed()
                    .forEach((id, told) ->
                            rows.add(party(id, told, enterprises.now(id).standing(), enterprises)));
            tables.write(WRITE_PARTY.formatted("enterprise"), rows);
            rows.clear();
            providers
                    .changed()
                    .forEach((id, told) ->
                            rows.add(party(id, told, providers.now(id).standing(), providers)));
            tables.write(WRITE_PARTY.formatted("provider"), rows);
        }

        private static Object[] party(String id, Told told, Standing standing, States<?, ?> states) {
            return new Object[] {id, standing.frozen(), standing.disqualified(), told.position(), states.json(id)};
        }

        private void writeVouchers() {
            fetchAround(vouchers.changed().keySet());
            var rows = new ArrayList<Object[]>();
            vouchers.changed().forEach((id, told) -> rows.add(row(id, vouchers.now(id), told)));
            tables.write(WRITE_VOUCHER, rows);
        }

        private Object[] row(String id, VoucherState voucher, Told told) {
            var issue = voucher.issue();
            var order = voucher.order();
            var purchase = voucher.purchase();
            var money = voucher.balances();
            var payment = voucher.payment();
            var claim = voucher.claim();
            var own = own(voucher);
            var due = Deadlines.of(own, batches.now(issue.batchId()).dates());
            return new Object[] {
                id,
                issue.batchId(),
                issue.schemeId(),
                issue.schemeVersion(),
                orNone(issue.applicationId()),
                orNone(issue.enterpriseId()),
                orNone(issue.holderRef()),
                orNone(issue.category()),
                issue.holderRef().isEmpty() ? null : issue.thresholdFen(),
                orNone(voucher.providerId()),
                order == null ? null : order.productId(),
                order == null ? null : order.productVersion(),
                order == null || order.serviceType() == null
                        ? null
                        : order.serviceType().name(),
                purchase == null ? null : purchase.purchaseReference(),
                purchase == null ? null : purchase.purchaseFen(),
                claim == null ? null : claim.claimId(),
                voucher.status().name(),
                issue.faceFen(),
                order == null ? null : order.expectedFen(),
                money.heldFen(),
                money.orderedFen(),
                money.paidFen(),
                money.acceptedFen(),
                money.claimedFen(),
                money.redeemedFen(),
                money.backFen(),
                claim == null ? 0L : claim.approvedFen(),
                payment == null ? 0L : payment.owedFen(),
                voucher.clawback().enterpriseDueFen() + voucher.clawback().providerDueFen(),
                voucher.contractedInTime(),
                voucher.undoRequested(),
                voucher.frozen(),
                Tables.time(issue.issuedAt()),
                Tables.time(due.orderBy()),
                Tables.time(MovedDate.known(due.validUntil())),
                Tables.time(MovedDate.known(due.redemptionUntil())),
                Tables.time(own.orderBy()),
                Tables.time(own.extension()),
                Tables.time(told.at()),
                told.position(),
                vouchers.json(id)
            };
        }

        /** What belongs to the other kind of holder, or to no provider yet, is empty in the domain and absent here. */
        private static String orNone(String text) {
            return text.isEmpty() ? null : text;
        }

        /** Deadlines move with the voucher, with its batch's dates and with a freeze of its party being lifted. */
        private void writeLifted() {
            var ids = new TreeSet<String>();
            tables.read(
                    "select id from {slot}.voucher where enterprise_id = any(?)",
                    liftedParties,
                    r -> ids.add(r.getString(1)));
            tables.read(
                    "select id from {slot}.voucher where provider_id = any(?)",
                    liftedParties,
                    r -> ids.add(r.getString(1)));
            fetchAround(ids);
            var rows = new ArrayList<Object[]>();
            for (String id : ids) {
                var own = own(vouchers.now(id));
                var due = Deadlines.of(
                        own, batches.now(vouchers.now(id).issue().batchId()).dates());
                rows.add(new Object[] {
                    Tables.time(due.orderBy()),
                    Tables.time(MovedDate.known(due.validUntil())),
                    Tables.time(MovedDate.known(due.redemptionUntil())),
                    Tables.time(own.orderBy()),
                    Tables.time(own.extension()),
                    id
                });
            }
            tables.write(WRITE_OWN, rows);
        }

        private void writeDeadlinesOf(String batchId) {
            BatchState batch = batches.now(batchId);
            DatedVoucher.pages(tables, batchId, page -> {
                tables.writeAtOnce(
                        WRITE_DEADLINES,
                        DEADLINE_COLUMNS,
                        page.stream()
                                .map(voucher -> row(voucher.id(), voucher.own(), batch))
                                .toList());
                if (moved != null) {
                    long decision = events.getFirst().position();
                    tables.write(
                            Affected.WRITE,
                            moved.affected(page).stream()
                                    .map(each -> each.row(decision))
                                    .toList());
                }
            });
        }

        private static Object[] row(String id, Deadlines.Own own, BatchState batch) {
            var due = Deadlines.of(own, batch.dates());
            return new Object[] {
                Tables.time(due.orderBy()),
                Tables.time(MovedDate.known(due.validUntil())),
                Tables.time(MovedDate.known(due.redemptionUntil())),
                id
            };
        }

        private void fetchAround(Collection<String> ids) {
            vouchers.fetch(ids);
            var states = ids.stream().map(vouchers::now).toList();
            batches.fetch(states.stream().map(v -> v.issue().batchId()).toList());
            schemes.fetch(states.stream().map(v -> v.issue().schemeId()).toList());
            enterprises.fetch(states.stream().map(v -> v.issue().enterpriseId()).toList());
            providers.fetch(states.stream().map(VoucherState::providerId).toList());
        }

        private Deadlines.Own own(VoucherState voucher) {
            var issue = voucher.issue();
            return Deadlines.own(
                    voucher,
                    schemes.now(issue.schemeId()).terms(issue.schemeVersion()).ordering(),
                    enterprises.now(issue.enterpriseId()).standing(),
                    providers.now(voucher.providerId()).standing());
        }
    }
}
