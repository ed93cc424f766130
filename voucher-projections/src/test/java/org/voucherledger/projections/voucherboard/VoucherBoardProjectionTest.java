package org.voucherledger.projections.voucherboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherStatus;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** The board shows what the domain would decide by. */
class VoucherBoardProjectionTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42, 43})
    @DisplayName("Each voucher stands on the board in the state, with the balances and by the deadlines of the domain")
    void the_board_is_the_domains_word(long seed) {
        try (var city = new RandomCity(seed).begins(250);
                var views = new TestViews(new VoucherBoardProjection())) {
            views.log().append(city.events().subList(0, city.events().size() / 3));
            views.start().settle();
            // Told in small pieces, a voucher is read back from its row many times.
            for (int at = city.events().size() / 3; at < city.events().size(); at += 7) {
                views.log()
                        .append(city.events()
                                .subList(at, Math.min(at + 7, city.events().size())));
            }
            views.settle();

            var seen = new TreeSet<VoucherStatus>();
            views.jdbc().query("select * from view.voucher", row -> {
                String id = row.getString("id");
                VoucherState voucher = city.city().state(id);
                seen.add(voucher.status());
                assertThat(row.getString("status"))
                        .as(id)
                        .isEqualTo(voucher.status().name());
                assertThat(row.getBoolean("frozen")).as(id).isEqualTo(voucher.frozen());
                var money = voucher.balances();
                assertThat(fen(row, "held", "ordered", "paid", "accepted", "claimed", "redeemed", "back"))
                        .as(id)
                        .containsExactly(
                                money.heldFen(),
                                money.orderedFen(),
                                money.paidFen(),
                                money.acceptedFen(),
                                money.claimedFen(),
                                money.redeemedFen(),
                                money.backFen());
                var due =
                        city.city().ledger().look(l -> VoucherDossier.of(l, id).deadlines());
                assertThat(instant(row, "order_by")).as(id).isEqualTo(due.orderBy());
                assertThat(instant(row, "valid_until")).as(id).isEqualTo(due.validUntil());
                assertThat(instant(row, "redemption_until")).as(id).isEqualTo(due.redemptionUntil());
                var enterprise =
                        city.city().ledger().look(l -> VoucherDossier.of(l, id).enterprise());
                assertThat(row.getBoolean("enterprise_disqualified"))
                        .as(id)
                        .isEqualTo(enterprise.standing().disqualified());
            });
            assertThat(seen).hasSizeGreaterThan(4);
        }
    }

    private static long[] fen(ResultSet row, String... accounts) throws SQLException {
        long[] fen = new long[accounts.length];
        for (int i = 0; i < accounts.length; i++) {
            fen[i] = row.getLong(accounts[i] + "_fen");
        }
        return fen;
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
