package org.voucherledger.projections.account;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaEvent;
import org.voucherledger.domain.enterprisequota.EnterpriseQuotaState;
import org.voucherledger.domain.money.Fen;
import org.voucherledger.domain.providerquota.ProviderQuotaEvent;
import org.voucherledger.domain.providerquota.ProviderQuotaState;
import org.voucherledger.domain.scheme.SchemeEvent;
import org.voucherledger.domain.scheme.SchemeState;
import org.voucherledger.projections.projection.Projection;
import org.voucherledger.projections.projection.States;
import org.voucherledger.projections.projection.Tables;
import org.voucherledger.projections.projection.Told;

/**
 * What each enterprise has pending and charged (GZ-11), and each provider reserved and taken (GZ-21), under each scheme and
 * year, beside the cap of the scheme's latest version and of the fund in force.
 */
public final class AccountProjection implements Projection {

    public static final String NAME = "account";

    private static final String WRITE_ENTERPRISE = """
            insert into {slot}.enterprise_account values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            on conflict (id) do update set
              (pending_fen, charged_fen, position, changed_at, state) =
              (excluded.pending_fen, excluded.charged_fen, excluded.position, excluded.changed_at, excluded.state)
            """;

    private static final String WRITE_PROVIDER = """
            insert into {slot}.provider_account values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            on conflict (id) do update set
              (reserved_fen, taken_fen, position, changed_at, state) =
              (excluded.reserved_fen, excluded.taken_fen, excluded.position, excluded.changed_at, excluded.state)
            """;

    private static final String WRITE_SCHEME = """
            insert into {slot}.scheme values (?, ?, ?, ?::jsonb)
            on conflict (id) do update set
              (enterprise_cap_fen, provider_cap_fen, state) =
              (excluded.enterprise_cap_fen, excluded.provider_cap_fen, excluded.state)
            """;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void tell(List<Told> events, Tables tables) {
        new Telling(events, tables).tell();
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
        private final States<EnterpriseQuotaState, EnterpriseQuotaEvent> enterprises;
        private final States<ProviderQuotaState, ProviderQuotaEvent> providers;
        private final States<SchemeState, SchemeEvent> schemes;

        Telling(List<Told> events, Tables tables) {
            this.events = events;
            this.tables = tables;
            var enterpriseIds = new HashSet<String>();
            var providerIds = new HashSet<String>();
            var schemeIds = new HashSet<String>();
            for (Told told : events) {
                switch (told.event()) {
                    case EnterpriseQuotaEvent e -> enterpriseIds.add(note(Key.of(e)));
                    case ProviderQuotaEvent e -> providerIds.add(note(Key.of(e)));
                    case SchemeEvent e -> schemeIds.add(e.schemeId());
                    default -> {}
                }
            }
            enterprises = tables.states(
                    "enterprise_account", EnterpriseQuotaState.class, EnterpriseQuotaState.EMPTY, enterpriseIds);
            providers =
                    tables.states("provider_account", ProviderQuotaState.class, ProviderQuotaState.EMPTY, providerIds);
            schemes = tables.states("scheme", SchemeState.class, SchemeState.EMPTY, schemeIds);
        }

        private String note(Key key) {
            keys.put(key.id(), key);
            return key.id();
        }

        void tell() {
            for (Told told : events) {
                switch (told.event()) {
                    case EnterpriseQuotaEvent e -> enterprises.evolve(Key.of(e).id(), told, e);
                    case ProviderQuotaEvent e -> providers.evolve(Key.of(e).id(), told, e);
                    case SchemeEvent e -> schemes.evolve(e.schemeId(), told, e);
                    default -> {}
                }
            }
            writeSchemes();
            writeEnterprises();
            writeProviders();
        }

        private void writeSchemes() {
            var rows = new ArrayList<Object[]>();
            schemes.changed().keySet().forEach(id -> {
                SchemeState scheme = schemes.now(id);
                var terms = scheme.current();
                rows.add(new Object[] {
                    id,
                    terms.applying().annualCapFen(),
                    scheme.providerCap(terms).value(),
                    schemes.json(id)
                });
            });
            tables.write(WRITE_SCHEME, rows);
        }

        private void writeEnterprises() {
            var rows = new ArrayList<Object[]>();
            enterprises.changed().forEach((id, told) -> {
                EnterpriseQuotaState quota = enterprises.now(id);
                rows.add(row(id, quota.pendingTotal(), quota.charged(), told, enterprises));
            });
            tables.write(WRITE_ENTERPRISE, rows);
        }

        private void writeProviders() {
            var rows = new ArrayList<Object[]>();
            providers.changed().forEach((id, told) -> {
                ProviderQuotaState quota = providers.now(id);
                rows.add(row(id, quota.reserved(), quota.taken(), told, providers));
            });
            tables.write(WRITE_PROVIDER, rows);
        }

        private Object[] row(String id, Fen first, Fen second, Told told, States<?, ?> states) {
            Key key = keys.get(id);
            return new Object[] {
                id,
                key.schemeId(),
                key.partyId(),
                key.year(),
                first.value(),
                second.value(),
                told.position(),
                Tables.time(told.at()),
                states.json(id)
            };
        }
    }
}
