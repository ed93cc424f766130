package org.voucherledger.benchmark.mixed;

import java.util.List;
import java.util.stream.IntStream;
import org.voucherledger.benchmark.plainaxon.PlainAxon;
import org.voucherledger.benchmark.plainjpa.Caller;
import org.voucherledger.benchmark.plainjpa.PlainCity;
import org.voucherledger.benchmark.plainjpa.PlainJpa;
import org.voucherledger.benchmark.plainjpa.VoucherService.Apply;
import org.voucherledger.benchmark.plainjpa.VoucherService.Grant;
import org.voucherledger.benchmark.plainjpa.VoucherService.Order;
import org.voucherledger.benchmark.plainjpa.VoucherService.Pay;
import org.voucherledger.benchmark.scene.BenchLedger;
import org.voucherledger.benchmark.scene.City;
import org.voucherledger.benchmark.scene.Season;

/** The same steps at the plain service: everybody applies, is granted two vouchers, orders and pays with both. */
final class PlainSeason {

    private static final int GRANTED_AT_ONCE = 100;
    private static final int AS_LONG_AS_IT_TAKES = 3_600;

    private final BenchLedger ledger;
    private final PlainJpa plain;
    private final City city;
    private final int enterprises;

    PlainSeason(BenchLedger ledger, PlainJpa plain, City city, int enterprises) {
        this.ledger = ledger;
        this.plain = plain;
        this.city = city;
        this.enterprises = enterprises;
    }

    /** A voucher and whose it is. */
    private record Held(String id, String enterpriseId, int number) {}

    /** Steps a second, as {@link MixedBench} counts them, over tables that are made anew before. */
    double rate() {
        String batchId = city.batch(1);
        PlainCity.found(ledger.sql(), city, enterprises).opens(batchId, Season.budget(enterprises));
        long begun = System.nanoTime();
        List<Integer> all = IntStream.range(0, enterprises).boxed().toList();
        plain.rate(
                PlainAxon.THREADS,
                all,
                AS_LONG_AS_IT_TAKES,
                (service, n) -> service.apply(
                        by(city.enterprise(n), "apply-" + n),
                        batchId,
                        new Apply(city.enterprise(n), 2 * City.FACE_FEN, List.of(City.FACE_FEN, City.FACE_FEN))));
        int steps = (enterprises + GRANTED_AT_ONCE - 1) / GRANTED_AT_ONCE;
        plain.rate(
                1,
                IntStream.range(0, steps).boxed().toList(),
                AS_LONG_AS_IT_TAKES,
                (service, n) ->
                        service.grant(new Caller("operator-1", "", "grant-" + n), batchId, new Grant(GRANTED_AT_ONCE)));
        List<Held> vouchers = ledger.sql()
                .query(
                        "select id, enterprise_id from plain.voucher order by id",
                        (row, number) -> new Held(row.getString(1), row.getString(2), number));
        if (vouchers.size() != 2 * enterprises) {
            throw new IllegalStateException(vouchers.size() + " vouchers for " + enterprises + " enterprises");
        }
        plain.rate(
                PlainAxon.THREADS,
                vouchers,
                AS_LONG_AS_IT_TAKES,
                (service, voucher) -> service.order(
                        by(voucher.enterpriseId(), "order-" + voucher.id()),
                        voucher.id(),
                        new Order(city.provider(voucher.number() % city.providers()), City.FACE_FEN)));
        plain.rate(
                PlainAxon.THREADS,
                vouchers,
                AS_LONG_AS_IT_TAKES,
                (service, voucher) -> service.pay(
                        by(voucher.enterpriseId(), "pay-" + voucher.id()),
                        voucher.id(),
                        new Pay(City.FACE_FEN, List.of("I-" + voucher.id()), List.of("T-" + voucher.id()))));
        return MixedBench.steps(enterprises) * 1e9 / (System.nanoTime() - begun);
    }

    private static Caller by(String enterprise, String key) {
        return new Caller("handler-of-" + enterprise, enterprise, key);
    }
}
