package org.voucherledger.projections.account;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.domain.aggregate.AuthorityDecision;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaState;
import org.voucherledger.domain.holderquota.HolderQuotaEvent;
import org.voucherledger.domain.holderquota.HolderQuotaEvent.HolderQuotaCharged;
import org.voucherledger.domain.holderquota.HolderQuotaState;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.party.ProviderEvent.ProviderRecognised;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaState;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.projections.affected.Recording;
import org.voucherledger.projections.projection.Json;
import org.voucherledger.projections.projection.Parts;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.States;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/**
 * What each enterprise has pending and charged (GZ-11), and each provider reserved and taken (GZ-21), under each scheme and
 * year, beside its cap: the one an enterprise's last application was judged by, and what the scheme's latest version, the
 * provider's class or own limit and the fund in force give a provider. And how many vouchers each holder has taken of each
 * category in each cycle (CV-01).
 */
public final class AccountProjection implements Projection {

    public static final String NAME = "account";

    private static final String WRITE_ENTERPRISE = """
            insert into {slot}.enterprise_account values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json)
            on conflict (id) do update set
              (cap_fen, pending_fen, charged_fen, position, changed_at, state) =
              (excluded.cap_fen, excluded.pending_fen, excluded.charged_fen, excluded.position, excluded.changed_at, excluded.state)
            """;

    private static final String WRITE_PROVIDER = """
            insert into {slot}.provider_account values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::json)
            on conflict (id) do update set
              (limit_fen, reserved_fen, taken_fen, position, changed_at, state) =
              (excluded.limit_fen, excluded.reserved_fen, excluded.taken_fen, excluded.position, excluded.changed_at, excluded.state)
            """;

    private static final String WRITE_HOLDER =
            "insert into {slot}.holder values (?, ?::json) on conflict (id) do update set state = excluded.state";

    private static final String WRITE_HOLDER_ACCOUNT = """
            insert into {slot}.holder_account values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update set
              (taken, position, changed_at) = (excluded.taken, excluded.position, excluded.changed_at)
            """;

    private static final String WRITE_SCHEME = """
            insert into {slot}.scheme values (?, ?, ?::jsonb, ?, ?::json)
            on conflict (id) do update set
              (provider_cap_fen, class_cap_fen, fund_share_fen, state) =
              (excluded.provider_cap_fen, excluded.class_cap_fen, excluded.fund_share_fen, excluded.state)
            """;

    private static final String WRITE_CLASS = """
            insert into {slot}.provider_class values (?, ?)
            on conflict (provider_id) do update set supplier_class = excluded.supplier_class
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        Parts.of(events, MovedCap::isDecidedBy).forEach(part -> new Telling(part, tables).tell());
    }

    /** Whose account under which scheme and year. */
    private record Key(String schemeId, String partyId, int year) {

        static Key of(EnterpriseQuotaEvent event) {
            return new Key(event.schemeId(), event.enterpriseId(), event.year());
        }

        static Key of(ProviderQuotaEvent event) {
            return new Key(event.schemeId(), event.providerId(), event.year());
        }

        String id() {
            return schemeId + ":" + partyId + ":" + year;
        }
    }

    /** One batch of events and the accounts it touches. */
    private static final class Telling {

        private final List<Told> events;
        private final Tables tables;
        private final Map<String, Key> keys = new LinkedHashMap<>();
        private final Map<String, String> classes = new LinkedHashMap<>();
        private final States<EnterpriseQuotaState, EnterpriseQuotaEvent> enterprises;
        private final States<ProviderQuotaState, ProviderQuotaEvent> providers;
        private final States<SchemeState, SchemeEvent> schemes;
        private final States<HolderQuotaState, HolderQuotaEvent> holders;
        private final Map<String, Object[]> holderAccounts = new LinkedHashMap<>();

        Telling(List<Told> events, Tables tables) {
            this.events = events;
            this.tables = tables;
            var enterpriseIds = new HashSet<String>();
            var providerIds = new HashSet<String>();
            var schemeIds = new HashSet<String>();
            var holderIds = new HashSet<String>();
            for (Told told : events) {
                switch (told.event()) {
                    case EnterpriseQuotaEvent e -> enterpriseIds.add(note(Key.of(e)));
                    case ProviderQuotaEvent e -> providerIds.add(note(Key.of(e)));
                    case HolderQuotaEvent e -> holderIds.add(e.streamId());
                    case SchemeEvent e -> schemeIds.add(e.schemeId());
                    default -> {}
                }
            }
            enterprises = tables.states(
                    "enterprise_account", EnterpriseQuotaState.class, EnterpriseQuotaState.EMPTY, enterpriseIds);
            providers =
                    tables.states("provider_account", ProviderQuotaState.class, ProviderQuotaState.EMPTY, providerIds);
            holders = tables.states("holder", HolderQuotaState.class, HolderQuotaState.EMPTY, holderIds);
            schemes = tables.states("scheme", SchemeState.class, SchemeState.EMPTY, schemeIds);
        }

        private String note(Key key) {
            keys.put(key.id(), key);
            return key.id();
        }

        void tell() {
            for (Told told : events) {
                if (MovedCap.isDecidedBy(told.event())) {
                    writeAffected(told);
                }
                switch (told.event()) {
                    case EnterpriseQuotaEvent e -> enterprises.evolve(Key.of(e).id(), told, e);
                    case ProviderQuotaEvent e -> providers.evolve(Key.of(e).id(), told, e);
                    case SchemeEvent e -> schemes.evolve(e.schemeId(), told, e);
                    case HolderQuotaEvent e -> counted(told, e);
                    case ProviderRecognised e ->
                        classes.put(e.providerId(), e.supplierClass().name());
                    default -> {}
                }
            }
            writeSchemes();
            writeEnterprises();
            writeProviders();
            writeHolders();
            tables.write(
                    WRITE_CLASS,
                    classes.entrySet().stream()
                            .map(each -> new Object[] {each.getKey(), each.getValue()})
                            .toList());
        }

        private void writeAffected(Told told) {
            String schemeId = told.event() instanceof ProviderQuotaEvent quota
                    ? quota.schemeId()
                    : ((SchemeEvent) told.event()).schemeId();
            try (var recording = new Recording(told.position(), tables)) {
                MovedCap.tell((AuthorityDecision) told.event(), schemes.now(schemeId), tables, recording);
            }
        }

        private void counted(Told told, HolderQuotaEvent event) {
            HolderQuotaState now = holders.evolve(event.streamId(), told, event);
            String id = event.batchId() + ":" + event.holderRef() + ":" + event.category();
            Object[] before = holderAccounts.get(id);
            // The number is the scheme version's that the cycle runs under: each voucher of it was judged by the same.
            int most = event instanceof HolderQuotaCharged charged
                    ? charged.mostPerHolder()
                    : before == null ? 0 : (int) before[5];
            holderAccounts.put(id, new Object[] {
                id,
                event.schemeId(),
                event.batchId(),
                event.holderRef(),
                event.category(),
                most,
                now.taken(event.category()),
                told.position(),
                Tables.time(told.at())
            });
        }

        /** Only a new row takes the number; the first event of a count is always one that names it. */
        private void writeHolders() {
            var rows = new ArrayList<Object[]>();
            holders.changed().keySet().forEach(id -> rows.add(new Object[] {id, holders.json(id)}));
            tables.write(WRITE_HOLDER, rows);
            tables.write(WRITE_HOLDER_ACCOUNT, List.copyOf(holderAccounts.values()));
        }

        private void writeSchemes() {
            var rows = new ArrayList<Object[]>();
            schemes.changed().keySet().forEach(id -> {
                SchemeState scheme = schemes.now(id);
                var caps = scheme.current().providers();
                Integer share = caps.capBasisPointsOfFund();
                rows.add(new Object[] {
                    id,
                    caps.capFen(),
                    Json.write(caps.capFenByClass()),
                    share == null ? null : scheme.fund().share(share).value(),
                    schemes.json(id)
                });
            });
            tables.write(WRITE_SCHEME, rows);
        }

        private void writeEnterprises() {
            var rows = new ArrayList<Object[]>();
            enterprises.changed().forEach((id, told) -> {
                EnterpriseQuotaState quota = enterprises.now(id);
                rows.add(row(id, quota.capFen(), quota.pendingTotal(), quota.charged(), told, enterprises));
            });
            tables.write(WRITE_ENTERPRISE, rows);
        }

        private void writeProviders() {
            var rows = new ArrayList<Object[]>();
            providers.changed().forEach((id, told) -> {
                ProviderQuotaState quota = providers.now(id);
                Long limit = quota.limit() == null ? null : quota.limit().value();
                rows.add(row(id, limit, quota.reserved(), quota.taken(), told, providers));
            });
            tables.write(WRITE_PROVIDER, rows);
        }

        private Object[] row(String id, Long capFen, Fen first, Fen second, Told told, States<?, ?> states) {
            Key key = keys.get(id);
            return new Object[] {
                id,
                key.schemeId(),
                key.partyId(),
                key.year(),
                capFen,
                first.value(),
                second.value(),
                told.position(),
                Tables.time(told.at()),
                states.json(id)
            };
        }
    }
}
