package org.voucherledger.projections.schemes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.voucherledger.projections.projection.Json;

/** Asks for schemes and their versions. Read inside {@code Views}, which says as of which position. */
@Component
public class Schemes {

    private final JdbcClient sql;

    public Schemes(DataSource dataSource) {
        this.sql = JdbcClient.create(dataSource);
    }

    /** Schemes by their identifiers; {@code after} is the last of the page before, empty for the first page. */
    public List<SchemeRow> list(String after, int limit) {
        return sql.sql("""
                        select s.id, s.version, v.terms #>> '{title,zh}', v.terms #>> '{title,en}', v.terms ->> 'kind',
                          v.terms ->> 'authority', (v.terms ->> 'year')::int, s.fund_fen, s.position
                        from view.scheme s join view.scheme_version v on v.scheme_id = s.id and v.version = s.version
                        where s.id > :after order by s.id limit :limit
                        """)
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> new SchemeRow(
                        row.getString(1),
                        row.getInt(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getInt(7),
                        row.getLong(8),
                        row.getLong(9)))
                .list();
    }

    /** Every version of a scheme, the first one first; none where there is no such scheme. */
    public List<SchemeVersion> versions(String schemeId, int after, int limit) {
        return sql.sql("select * from view.scheme_version where scheme_id = :id and version > :after"
                        + " order by version limit :limit")
                .param("id", schemeId)
                .param("after", after)
                .param("limit", limit)
                .query(Schemes::version)
                .list();
    }

    public Optional<SchemeVersion> version(String schemeId, int version) {
        return sql.sql("select * from view.scheme_version where scheme_id = :id and version = :version")
                .param("id", schemeId)
                .param("version", version)
                .query(Schemes::version)
                .optional();
    }

    /** The version that the batches opened now run under. */
    public Optional<SchemeVersion> inForce(String schemeId) {
        return sql.sql("select v.* from view.scheme_version v join view.scheme s"
                        + " on s.id = v.scheme_id and s.version = v.version where s.id = :id")
                .param("id", schemeId)
                .query(Schemes::version)
                .optional();
    }

    @SuppressWarnings("unchecked")
    private static SchemeVersion version(ResultSet row, int number) throws SQLException {
        return new SchemeVersion(
                row.getString("scheme_id"),
                row.getInt("version"),
                row.getObject("published_at", OffsetDateTime.class).toInstant(),
                row.getString("file_sha256"),
                Json.read(row.getString("terms"), Map.class));
    }
}
