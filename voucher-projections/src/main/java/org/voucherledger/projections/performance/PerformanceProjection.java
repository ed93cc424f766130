package org.voucherledger.projections.performance;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.voucherledger.domain.batch.BatchEvent.BatchOpened;
import org.voucherledger.domain.batch.QueueEvent.ApplicationQueued;
import org.voucherledger.domain.batch.QueueEvent.ApplicationWithdrawn;
import org.voucherledger.domain.party.EnterpriseCommand.Declaration;
import org.voucherledger.domain.party.EnterpriseEvent;
import org.voucherledger.domain.party.EnterpriseEvent.DeclarationCorrected;
import org.voucherledger.domain.party.EnterpriseEvent.EnterpriseRegistered;
import org.voucherledger.domain.party.Size;
import org.voucherledger.domain.voucher.VoucherEvent;
import org.voucherledger.domain.voucher.VoucherEvent.ReservationReleased;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReserved;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherTaken;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherStatus;
import org.voucherledger.projections.projection.Documents;
import org.voucherledger.projections.projection.Json;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.States;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/** What a performance report counts, voucher by voucher and application by application (SV-02, SV-03, SV-05). */
public final class PerformanceProjection implements Projection {

    public static final String NAME = "performance";

    private static final Set<VoucherStatus> NOT_GRANTED =
            Set.of(VoucherStatus.RESERVED, VoucherStatus.WITHDRAWN, VoucherStatus.NOT_ADMITTED);

    private static final String WRITE_VOUCHER = """
            insert into {slot}.voucher values
              (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json, ?::json)
            on conflict (id) do update set
              (service_type, provider_id, granted, unused_fen, used_fen, redeemed_fen, lapsed_fen, rating, issued_at, ordered_at, contracted_at,
               paid_at, accepted_at, claimed_at, redeemed_at, facts, state) =
              (excluded.service_type, excluded.provider_id, excluded.granted, excluded.unused_fen, excluded.used_fen, excluded.redeemed_fen,
               excluded.lapsed_fen, excluded.rating, excluded.issued_at, excluded.ordered_at, excluded.contracted_at, excluded.paid_at,
               excluded.accepted_at, excluded.claimed_at, excluded.redeemed_at, excluded.facts, excluded.state)
            """;

    private static final String WRITE_APPLICATION =
            "insert into {slot}.application values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing";

    private static final String WITHDRAW = "update {slot}.application set withdrawn = true where id = ?";

    private static final String WRITE_ENTERPRISE =
            "insert into {slot}.enterprise values (?, ?::json) on conflict (id) do update set traits = excluded.traits";

    private static final String WRITE_BATCH = "insert into {slot}.batch values (?, ?) on conflict (id) do nothing";

    @Override
    public String name() {
        return NAME;
    }

    /** Raised when districts were told apart by their cities. */
    @Override
    public int version() {
        return 3;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        new Telling(events, tables).tell();
    }

    /** One batch of events, in their order, because an enterprise is what it had declared at that moment. */
    private static final class Telling {

        private final List<Told> events;
        private final Tables tables;
        private final States<VoucherState, VoucherEvent> vouchers;
        private final Documents<Facts> facts;
        private final Documents<Traits> traits;
        private final Map<String, Instant> appliedAt = new HashMap<>();
        private final Map<String, String> cities = new HashMap<>();
        private final List<Object[]> opened = new ArrayList<>();
        private final List<Object[]> applications = new ArrayList<>();
        private final List<Object[]> withdrawn = new ArrayList<>();

        Telling(List<Told> events, Tables tables) {
            this.events = events;
            this.tables = tables;
            var voucherIds = new TreeSet<String>();
            var enterprises = new TreeSet<String>();
            var applicationIds = new TreeSet<String>();
            var batchIds = new TreeSet<String>();
            for (Told told : events) {
                if (told.event() instanceof VoucherEvent e) {
                    voucherIds.add(e.voucherId());
                    batchIds.add(e.batchId());
                }
                if (told.event() instanceof EnterpriseEvent e) {
                    enterprises.add(e.enterpriseId());
                }
                if (told.event() instanceof VoucherIssued e) {
                    enterprises.add(e.enterpriseId());
                    applicationIds.add(e.applicationId());
                }
                if (told.event() instanceof ApplicationQueued e) {
                    batchIds.add(e.batchId());
                    enterprises.add(e.enterpriseId());
                }
                if (told.event() instanceof VoucherReserved e) {
                    enterprises.add(e.enterpriseId());
                }
            }
            vouchers = tables.states(
                    "voucher", VoucherState.class, VoucherState.EMPTY, VoucherState::withoutPapers, voucherIds);
            facts = tables.documents("voucher", "facts", Facts.class).fetch(voucherIds);
            traits = tables.documents("enterprise", "traits", Traits.class).fetch(enterprises);
            tables.read(
                    "select id, city from {slot}.batch where id = any(?)",
                    batchIds,
                    row -> cities.put(row.getString(1), row.getString(2)));
            tables.read(
                    "select id, applied_at from {slot}.application where id = any(?)",
                    applicationIds,
                    row -> appliedAt.put(row.getString(1), row.getTimestamp(2).toInstant()));
        }

        void tell() {
            events.forEach(this::follow);
            tables.write(WRITE_BATCH, opened);
            tables.write(WRITE_APPLICATION, applications);
            tables.write(WITHDRAW, withdrawn);
            var enterpriseRows = new ArrayList<Object[]>();
            traits.changed().forEach(id -> enterpriseRows.add(new Object[] {id, traits.json(id)}));
            tables.write(WRITE_ENTERPRISE, enterpriseRows);
            var voucherRows = new ArrayList<Object[]>();
            vouchers.changed().keySet().forEach(id -> voucherRows.add(row(id)));
            tables.write(WRITE_VOUCHER, voucherRows);
        }

        private void follow(Told told) {
            switch (told.event()) {
                case EnterpriseRegistered e -> declares(e.enterpriseId(), e.declaration(), e.computedSize());
                case DeclarationCorrected e -> declares(e.enterpriseId(), e.declaration(), e.computedSize());
                case BatchOpened e -> {
                    cities.put(e.batchId(), e.city());
                    opened.add(new Object[] {e.batchId(), e.city()});
                }
                case ApplicationQueued e -> {
                    appliedAt.put(e.applicationId(), e.receivedAt());
                    Traits of = traits(e.enterpriseId(), e.batchId());
                    applications.add(application(
                            e.applicationId(), e.schemeId(), e.batchId(), of, e.amountFen(), e.receivedAt()));
                }
                case ApplicationWithdrawn e -> withdrawn.add(new Object[] {e.applicationId()});
                case VoucherEvent e -> {
                    VoucherState after = vouchers.evolve(e.voucherId(), told, e);
                    if (e instanceof ReservationReleased released && released.withdrawn()) {
                        withdrawn.add(new Object[] {after.issue().applicationId()});
                    }
                    switch (e) {
                        case VoucherIssued issued ->
                            facts.put(
                                    e.voucherId(),
                                    Facts.issued(
                                            traits(issued.enterpriseId(), issued.batchId()),
                                            appliedAt.get(issued.applicationId())));
                        case VoucherReserved reserved -> reserves(reserved);
                        // A person has neither a district nor a size (ALL-05).
                        case VoucherTaken taken ->
                            facts.put(e.voucherId(), Facts.issued(Traits.UNKNOWN.in(city(taken.batchId())), null));
                        default -> {
                            Facts before = facts.get(e.voucherId());
                            if (before != null) {
                                facts.put(e.voucherId(), before.evolve(e, told.at(), after));
                            }
                        }
                    }
                }
                default -> {}
            }
        }

        /** A cloud voucher is granted when it is admitted; until then it is an application that holds its money (CL-03). */
        private static boolean isGranted(VoucherState voucher) {
            return !NOT_GRANTED.contains(voucher.status());
        }

        private static String orNone(String id) {
            return id.isEmpty() ? null : id;
        }

        private void reserves(VoucherReserved e) {
            Traits of = traits(e.enterpriseId(), e.batchId());
            facts.put(e.voucherId(), Facts.issued(of, e.receivedAt()));
            applications.add(
                    application(e.applicationId(), e.schemeId(), e.batchId(), of, e.faceFen(), e.receivedAt()));
        }

        private Traits traits(String enterpriseId, String batchId) {
            return traits.getOrDefault(enterpriseId, Traits.UNKNOWN).in(city(batchId));
        }

        private String city(String batchId) {
            return cities.getOrDefault(batchId, "");
        }

        private static Object[] application(
                String id, String schemeId, String batchId, Traits of, long askedFen, Instant receivedAt) {
            return new Object[] {
                id,
                schemeId,
                batchId,
                of.city(),
                of.district(),
                of.size(),
                of.industry(),
                askedFen,
                false,
                Tables.time(receivedAt)
            };
        }

        private void declares(String enterpriseId, Declaration declaration, Size computed) {
            traits.put(
                    enterpriseId,
                    new Traits(
                            "",
                            declaration.district(),
                            computed.name(),
                            declaration.industry().name()));
        }

        private Object[] row(String id) {
            VoucherState voucher = vouchers.now(id);
            Facts fact = facts.get(id);
            var issue = voucher.issue();
            var order = voucher.order();
            var money = voucher.balances();
            return new Object[] {
                id,
                issue.schemeId(),
                issue.batchId(),
                fact.traits().city(),
                fact.traits().district(),
                fact.traits().size(),
                fact.traits().industry(),
                order == null || order.serviceType() == null
                        ? null
                        : order.serviceType().name(),
                orNone(voucher.providerId()),
                isGranted(voucher),
                issue.faceFen(),
                money.heldFen() + money.orderedFen(),
                money.paidFen() + money.acceptedFen() + money.claimedFen(),
                money.redeemedFen(),
                money.backFen(),
                fact.rating(),
                Tables.time(fact.appliedAt()),
                Tables.time(issue.issuedAt()),
                Tables.time(fact.orderedAt()),
                Tables.time(fact.contractedAt()),
                Tables.time(fact.paidAt()),
                Tables.time(fact.acceptedAt()),
                Tables.time(fact.claimedAt()),
                Tables.time(fact.redeemedAt()),
                Json.write(fact),
                vouchers.json(id)
            };
        }
    }
}
