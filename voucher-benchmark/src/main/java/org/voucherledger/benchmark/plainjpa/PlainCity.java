package org.voucherledger.benchmark.plainjpa;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.voucherledger.benchmark.scene.City;

/** The tables of the service, and in them the same parties as the ledger's city has. */
public final class PlainCity {

    private static final String SCHEMA = "/plain-jpa.sql";
    private static final int AT_ONCE = 1_000;

    private final JdbcTemplate sql;

    private PlainCity(JdbcTemplate sql) {
        this.sql = sql;
    }

    /** Makes the tables anew. */
    public static PlainCity found(JdbcTemplate sql, City city, int enterprises) {
        sql.execute(text());
        sql.batchUpdate(
                "insert into plain.enterprise (id, name, verified_for, frozen) values (?, ?, ?, false)",
                rows(enterprises, n -> List.of(city.enterprise(n), "企业" + city.enterprise(n), VoucherService.YEAR)),
                AT_ONCE,
                (statement, row) -> {
                    statement.setString(1, (String) row.get(0));
                    statement.setString(2, (String) row.get(1));
                    statement.setInt(3, (int) row.get(2));
                });
        sql.update("insert into plain.enterprise_quota (enterprise_id, cap_fen, pending_fen, charged_fen)"
                + " select id, 2000000, 0, 0 from plain.enterprise");
        sql.batchUpdate(
                "insert into plain.provider (id, recognised, cap_fen, reserved_fen, taken_fen) values (?, true, 50000000, 0, 0)",
                rows(city.providers(), n -> List.of(city.provider(n))),
                AT_ONCE,
                (statement, row) -> statement.setString(1, (String) row.getFirst()));
        sql.execute("analyze plain.enterprise; analyze plain.enterprise_quota; analyze plain.provider");
        return new PlainCity(sql);
    }

    /** A batch whose window is open and whose budget is enough for everybody. */
    public void opens(String batchId, long budgetFen) {
        sql.update(
                "insert into plain.batch (id, budget_fen, applied_fen, granted_fen, last_position, opens_at, closes_at)"
                        + " values (?, ?, 0, 0, 0, now() - interval '1 hour', now() + interval '1 day')",
                batchId,
                budgetFen);
    }

    private static List<List<Object>> rows(int count, IntFunction<List<Object>> row) {
        return IntStream.range(0, count).mapToObj(row).toList();
    }

    private static String text() {
        try (InputStream in = PlainCity.class.getResourceAsStream(SCHEMA)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
