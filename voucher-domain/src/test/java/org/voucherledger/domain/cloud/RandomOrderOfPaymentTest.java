package org.voucherledger.domain.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;
import static org.voucherledger.domain.scenario.Province.GUANGZHOU;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.dossier.VoucherDossier;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.party.EnterpriseCommand.DisqualifyEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.FreezeEnterprise;
import org.voucherledger.domain.party.EnterpriseCommand.LiftEnterpriseFreeze;
import org.voucherledger.domain.party.ProviderCommand.FreezeProvider;
import org.voucherledger.domain.party.ProviderCommand.LiftProviderFreeze;
import org.voucherledger.domain.redemption.Awaited;
import org.voucherledger.domain.redemption.ClaimCommand.BounceSettlement;
import org.voucherledger.domain.redemption.ClaimCommand.EndNotice;
import org.voucherledger.domain.redemption.ClaimCommand.ObjectToItem;
import org.voucherledger.domain.redemption.ClaimCommand.ReplyToObjection;
import org.voucherledger.domain.redemption.ClaimCommand.SettleItems;
import org.voucherledger.domain.redemption.ClaimState.ItemStatus;
import org.voucherledger.domain.redemption.ObjectionMatter;
import org.voucherledger.domain.redemption.ObjectionOutcome;
import org.voucherledger.domain.scenario.Cast;
import org.voucherledger.domain.scenario.Province;
import org.voucherledger.domain.voucher.VoucherCommand.ApplyDisqualification;
import org.voucherledger.domain.voucher.VoucherCommand.FreezeVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.LiftVoucherFreeze;
import org.voucherledger.domain.voucher.VoucherCommand.RevokeForCause;

/**
 * Whatever is frozen, lifted, objected to, answered, paid and bounced in whatever order: the order of payment says of each
 * item what the claim, the voucher and both parties say together.
 */
class RandomOrderOfPaymentTest {

    private static final int ITEMS = 8;

    private enum Step {
        FREEZE_VOUCHER,
        LIFT_VOUCHER,
        FREEZE_ENTERPRISE,
        LIFT_ENTERPRISE,
        DISQUALIFY_ENTERPRISE,
        APPLY_DISQUALIFICATION,
        FREEZE_PROVIDER,
        LIFT_PROVIDER,
        OBJECT,
        REPLY,
        SETTLE,
        BOUNCE,
        END_NOTICE,
        REVOKE
    }

    @Test
    @DisplayName(
            "CL-03, GZ-32, GZ-42: who stands in the order of payment, and who aside, is what rules and records say")
    void orderIsWhatTheRecordsSay() {
        Set<Step> done = EnumSet.noneOf(Step.class);
        for (int seed = 1; seed <= Integer.getInteger("seeds", 12); seed++) {
            lives(seed, done);
        }
        assertThat(done).containsExactlyInAnyOrder(Step.values());
    }

    private static void lives(int seed, Set<Step> done) {
        var random = new Random(seed);
        try (var province = new Province()) {
            Instant now = published(province);
            for (int step = 0; step < 250; step++) {
                now = now.plus(Duration.ofMinutes(random.nextInt(60)));
                province.at(now);
                Step kind = Step.values()[random.nextInt(Step.values().length)];
                province.sends(command(province, kind, random, step));
                if (province.city().lastOutcome().accepted()) {
                    done.add(kind);
                }
                compare(province, "seed " + seed + ", step " + step + " " + kind);
            }
            province.booksBalance();
        }
    }

    /** Two enterprises with four vouchers each, one of them a pilot, and two providers; all published on one day. */
    private static Instant published(Province province) {
        province.opens("GZ", GUANGZHOU, yuan(1_000_000)).wasAccepted();
        province.pilot("E2");
        for (int i = 1; i <= ITEMS; i++) {
            province.applies("E" + (1 + i % 2), "GZ", "P" + (1 + i % 3 / 2), 1_000)
                    .wasAccepted();
        }
        IntStream.of(1, 3, 5, 7, 2, 4, 6, 8)
                .forEach(i -> province.approves("GZ-A" + i + "-V1").wasAccepted());
        province.at("2020-10-08T10:00");
        for (int i = 1; i <= ITEMS; i++) {
            String voucher = "GZ-A" + i + "-V1";
            province.claims(voucher, "C" + i, 1_000).wasAccepted();
            long claimed = province.state(voucher).balances().claimedFen();
            province.publishes("C" + i, i % 4 == 0 ? 0 : claimed - i);
        }
        return Instant.parse("2020-10-14T02:00:00Z");
    }

    private static Command command(Province province, Step step, Random random, int number) {
        int i = 1 + random.nextInt(ITEMS);
        String voucher = "GZ-A" + i + "-V1";
        String claim = "C" + i;
        String enterprise = Cast.code("E" + (1 + random.nextInt(2)));
        String provider = Cast.code("P" + (1 + random.nextInt(2)));
        return switch (step) {
            case FREEZE_VOUCHER -> new FreezeVoucher(voucher, "疑点");
            case LIFT_VOUCHER -> new LiftVoucherFreeze(voucher, null, "查清");
            case FREEZE_ENTERPRISE -> new FreezeEnterprise(enterprise, "疑点");
            case LIFT_ENTERPRISE -> new LiftEnterpriseFreeze(enterprise, null, "查清");
            case DISQUALIFY_ENTERPRISE ->
                number > 200
                        ? new DisqualifyEnterprise(enterprise, "骗取")
                        : new LiftProviderFreeze(provider, null, "查清");
            case APPLY_DISQUALIFICATION -> new ApplyDisqualification(voucher);
            case FREEZE_PROVIDER -> new FreezeProvider(provider, "疑点");
            case LIFT_PROVIDER -> new LiftProviderFreeze(provider, null, "查清");
            case OBJECT -> new ObjectToItem(claim, voucher, "O" + number, ObjectionMatter.OTHER, List.of());
            case REPLY -> {
                var open = province.city()
                        .ledger()
                        .look(l -> l.claim(claim).now().item(voucher).objections());
                var outcome = ObjectionOutcome.values()[random.nextInt(ObjectionOutcome.values().length)];
                yield new ReplyToObjection(
                        claim, open.isEmpty() ? "none" : open.getFirst(), outcome, 1 + random.nextInt(800), "答复");
            }
            case SETTLE ->
                new SettleItems(claim, List.of(voucher), "bank-" + claim, null, random.nextBoolean() ? "已付" : "");
            case BOUNCE -> new BounceSettlement(claim, voucher, "bank", "退汇");
            case END_NOTICE -> new EndNotice(claim, List.of(voucher));
            case REVOKE -> number % 5 == 0 ? new RevokeForCause(voucher, "违规") : new FreezeVoucher(voucher, "疑点");
        };
    }

    private static void compare(Province province, String at) {
        province.city().ledger().look(ledger -> {
            var order = ledger.settlement("GZ").now();
            assertThat(order.waiting().all().map(Awaited::voucherId))
                    .as("%s: waiting", at)
                    .containsExactlyInAnyOrderElementsOf(items(ledger, false));
            assertThat(order.aside().all().map(Awaited::voucherId))
                    .as("%s: aside", at)
                    .containsExactlyInAnyOrderElementsOf(items(ledger, true));
            return null;
        });
    }

    /** From the records themselves: approved, published and unpaid; held or not. */
    private static List<String> items(Ledger ledger, boolean held) {
        return IntStream.rangeClosed(1, ITEMS)
                .filter(i -> {
                    var item = ledger.claim("C" + i).now().item("GZ-A" + i + "-V1");
                    if (item.status() != ItemStatus.PUBLISHED || item.approvedFen() == 0) {
                        return false;
                    }
                    var frozen = VoucherDossier.of(ledger, item.voucherId()).isNotFrozen();
                    return held == (!item.objections().isEmpty() || frozen != null && !frozen.allowed());
                })
                .mapToObj(i -> "GZ-A" + i + "-V1")
                .toList();
    }
}
