package org.voucherledger.projections.risk;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.voucherledger.domain.voucher.VoucherEvent.ContractUploaded;
import org.voucherledger.domain.voucher.VoucherEvent.ItemSettled;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentSentBack;
import org.voucherledger.domain.voucher.VoucherEvent.PaymentUndone;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherIssued;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherOrdered;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherPaid;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherReinstated;
import org.voucherledger.domain.voucher.VoucherEvent.VoucherRevoked;

/** The same patterns, looked for by hand in a list of events: what the statements are compared with. */
final class ExpectedRisks {

    private record Priced(String voucher, long fen) {}

    private final RiskThresholds thresholds;
    private final Map<String, String> holder = new HashMap<>();
    private final Map<String, VoucherOrdered> order = new HashMap<>();
    private final Map<String, List<Priced>> prices = new HashMap<>();
    private final Map<String, Map<String, Map<String, Long>>> paid = new TreeMap<>();
    private final Map<String, Long> undone = new TreeMap<>();
    /** Contract by contract: what it cost and what others had. */
    private final List<String> far = new ArrayList<>();

    ExpectedRisks(RiskThresholds thresholds, List<? extends TrackedEventMessage<?>> events) {
        this.thresholds = thresholds;
        events.forEach(event -> follow(event.getPayload()));
    }

    private void follow(Object event) {
        switch (event) {
            case VoucherIssued e -> holder.put(e.voucherId(), e.enterpriseId());
            case VoucherOrdered e -> order.put(e.voucherId(), e);
            case ContractUploaded e -> contract(e.voucherId(), e.contract().relatedFen());
            case VoucherPaid e -> pay(e.voucherId(), e.paidFen());
            case PaymentSentBack e -> undo(e.voucherId(), e.paidFen());
            case PaymentUndone e -> undo(e.voucherId(), e.paidFen());
            case VoucherReinstated e -> pay(e.voucherId(), -e.paidFen());
            case VoucherRevoked e -> pay(e.voucherId(), -e.paidFen() - e.acceptedFen() - e.claimedFen());
            case ItemSettled e -> pay(e.voucherId(), -e.backFen());
            default -> {}
        }
    }

    private void contract(String voucher, long fen) {
        VoucherOrdered ordered = order.get(voucher);
        List<Priced> all =
                prices.computeIfAbsent(ordered.providerId() + " " + ordered.productId(), k -> new ArrayList<>());
        List<Long> others = all.stream()
                .filter(priced -> !priced.voucher().equals(voucher))
                .map(Priced::fen)
                .toList();
        List<Long> last = others.subList(Math.max(0, others.size() - thresholds.priceWindow()), others.size()).stream()
                .sorted()
                .toList();
        if (last.size() >= thresholds.priceHistory()) {
            long median = last.get((last.size() - 1) / 2);
            BigInteger deviation = BigInteger.valueOf(Math.abs(fen - median)).multiply(BigInteger.valueOf(10_000));
            if (deviation.compareTo(BigInteger.valueOf(median)
                            .multiply(BigInteger.valueOf(thresholds.priceDeviationBasisPoints())))
                    >= 0) {
                far.add(voucher + " " + fen + " " + median + " " + last.size());
            }
        }
        all.add(new Priced(voucher, fen));
    }

    private void pay(String voucher, long fen) {
        if (fen != 0) {
            paid.computeIfAbsent(order.get(voucher).providerId(), k -> new TreeMap<>())
                    .computeIfAbsent(holder.get(voucher), k -> new TreeMap<>())
                    .merge(voucher, fen, Long::sum);
        }
    }

    private void undo(String voucher, long fen) {
        pay(voucher, -fen);
        undone.merge(voucher, 1L, Long::sum);
    }

    List<String> far() {
        return far;
    }

    List<String> undone() {
        return undone.entrySet().stream()
                .filter(entry -> entry.getValue() >= thresholds.undone())
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
    }

    List<String> few() {
        List<String> found = new ArrayList<>();
        paid.forEach((provider, byEnterprise) -> {
            List<Long> standing = byEnterprise.values().stream()
                    .flatMap(vouchers -> vouchers.values().stream())
                    .filter(fen -> fen > 0)
                    .toList();
            long all = standing.stream().mapToLong(Long::longValue).sum();
            long few = byEnterprise.values().stream()
                    .map(vouchers -> vouchers.values().stream()
                            .filter(fen -> fen > 0)
                            .mapToLong(Long::longValue)
                            .sum())
                    .sorted((one, other) -> Long.compare(other, one))
                    .limit(thresholds.fewEnterprises())
                    .mapToLong(Long::longValue)
                    .sum();
            if (standing.size() >= thresholds.fewVouchers() && few * 10_000 >= all * thresholds.fewShareBasisPoints()) {
                found.add(provider + " " + few + " " + all + " " + standing.size());
            }
        });
        return found;
    }

    /** The flags that were found, in the same words. */
    static List<String> words(List<RiskFlag> flags, String... figures) {
        return flags.stream()
                .map(flag -> Stream.concat(
                                Stream.of(
                                        flag.kind() == RiskKind.PRICE_FAR
                                                ? flag.subjects().getFirst().id()
                                                : flag.key()),
                                Stream.of(figures)
                                        .map(figure ->
                                                flag.figures().get(figure).toString()))
                        .reduce((one, other) -> one + " " + other)
                        .orElseThrow())
                .toList();
    }
}
