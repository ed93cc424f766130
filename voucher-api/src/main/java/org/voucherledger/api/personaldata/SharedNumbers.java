package org.voucherledger.api.personaldata;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.voucherledger.projections.audittrail.Subject;
import org.voucherledger.projections.audittrail.SubjectKind;
import org.voucherledger.projections.risk.RiskFlag;
import org.voucherledger.projections.risk.RiskKind;
import org.voucherledger.projections.risk.RiskSource;
import org.voucherledger.projections.risk.RiskThresholds;

/**
 * Parties with the same bank account or telephone, compared inside the store and nowhere else: what is shown is whose it is and
 * under which references, never the number (ALL-05). What has been erased is no longer compared, and who complains never is.
 */
@Component
class SharedNumbers implements RiskSource {

    private static final String SHARED = """
            with shared as (
                select min(party || '/' || reference) collate "C" as key,
                       array_agg(distinct party) as parties,
                       array_agg(distinct party || '/' || reference) as refs,
                       array_agg(distinct party) filter (where whose = 'PROVIDER') as own_providers,
                       array_agg(distinct party) filter (where whose = 'HOLDER') as holders,
                       count(distinct party) as count
                from ledger.personal_datum
                where kind = :kind and value is not null and party <> ''
                group by value having count(distinct party) >= :sharing),
            told as (
                select s.key, s.refs, s.count,
                       array(select kind || ':' || id from view.risk_party p where p.id = any(s.parties)
                             union
                             select case when party = any(s.holders) then 'HOLDER'
                                         when party = any(s.own_providers) then 'PROVIDER'
                                         else 'ENTERPRISE' end || ':' || party
                             from unnest(s.parties) party
                             where not exists (select from view.risk_party p where p.id = party)
                             order by 1) as subjects,
                       array(select position from view.risk_party p where p.id = any(s.parties)) as positions
                from shared s)
            select * from told
            where key > :after and (cast(:subject as text) is null or :subject = any(subjects))
            order by key limit :limit
            """;

    private final JdbcClient sql;
    private final RiskThresholds thresholds;

    SharedNumbers(JdbcClient sql, RiskThresholds thresholds) {
        this.sql = sql;
        this.thresholds = thresholds;
    }

    @Override
    public boolean knows(RiskKind kind) {
        return kind == RiskKind.SAME_BANK_ACCOUNT || kind == RiskKind.SAME_PHONE;
    }

    /** As they are now, whatever the position: what was compared at another moment may have been erased since. */
    @Override
    public List<RiskFlag> flags(RiskKind kind, Subject about, long at, String after, int limit) {
        DatumKind datum = kind == RiskKind.SAME_PHONE ? DatumKind.PHONE : DatumKind.BANK_ACCOUNT;
        return sql.sql(SHARED)
                .param("kind", datum.name())
                .param("sharing", thresholds.sharing())
                .param("after", after)
                .param("subject", about == null ? null : about.kind() + ":" + about.id())
                .param("limit", limit)
                .query((row, n) -> flag(kind, row))
                .list();
    }

    private RiskFlag flag(RiskKind kind, ResultSet row) throws SQLException {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("parties", row.getLong("count"));
        figures.put("leastParties", (long) thresholds.sharing());
        return RiskFlag.of(
                kind,
                row.getString("key"),
                Stream.of((String[]) row.getArray("subjects").getArray())
                        .map(SharedNumbers::subject)
                        .toList(),
                List.of((String[]) row.getArray("refs").getArray()),
                figures,
                List.of((Long[]) row.getArray("positions").getArray()));
    }

    private static Subject subject(String written) {
        int colon = written.indexOf(':');
        return new Subject(SubjectKind.valueOf(written.substring(0, colon)), written.substring(colon + 1));
    }
}
