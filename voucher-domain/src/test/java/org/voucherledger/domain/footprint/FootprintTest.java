package org.voucherledger.domain.footprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.voucherledger.domain.scenario.City.Grant.voucher;
import static org.voucherledger.domain.scenario.GuangzhouTerms.shanghai;
import static org.voucherledger.domain.scenario.GuangzhouTerms.yuan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.Backfill;
import org.voucherledger.domain.batch.BatchCommand.CloseQueue;
import org.voucherledger.domain.batch.BatchCommand.EndApplications;
import org.voucherledger.domain.batch.BatchCommand.GrantApplications;
import org.voucherledger.domain.batch.BatchCommand.PublishGrant;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.scenario.City;
import org.voucherledger.domain.scenario.GuangzhouTerms;
import org.voucherledger.domain.scenario.Papers;
import org.voucherledger.domain.voucher.VoucherCommand.AcceptVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmContract;
import org.voucherledger.domain.voucher.VoucherCommand.ConfirmOrder;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.PayVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.ReturnVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.UploadContract;

/** What a rush consists of is foreseen whole: every stream that such a command reads stands in its footprint. */
class FootprintTest {

    /** There is one of each, and it is never cold; nor is the order of grant read again for each step. */
    private static final Set<String> ALWAYS_WARM = Set.of("scheme:" + GuangzhouTerms.SCHEME, "queue:B1");

    private final City city = new City();

    @AfterEach
    void close() {
        city.close();
    }

    @Test
    @DisplayName("Applying and withdrawing read what was foreseen")
    void applying() {
        String enterprise = city.enterprise("E1");
        city.opensBatch("B1", yuan(100_000), city.now(), city.now().plusSeconds(3_600));
        readsWhatWasForeseen(new Apply("B1", enterprise, yuan(1_000), List.of(yuan(1_000))));
        readsWhatWasForeseen(new WithdrawApplication("B1", enterprise));
    }

    @Test
    @DisplayName("Granting, publishing, backfilling and closing the queue read together what they are going to decide")
    void granting() {
        try (City other = new City(GuangzhouTerms.with(d -> d.backfillUntil(shanghai("2020-07-01T00:00"))))) {
            other.opensBatch("B1", yuan(1_000), other.now(), other.now().plusSeconds(3_600));
            for (int i = 1; i <= 4; i++) {
                other.applies("E" + i, "B1", yuan(400), yuan(100)).wasAccepted();
            }
            other.at(other.now().plusSeconds(3_600)).sends(new EndApplications("B1"));
            readsWhatWasForeseen(other, new GrantApplications("B1", 100));
            readsWhatWasForeseen(other, new PublishGrant("B1", 100));
            other.sends(new ReturnVoucher("B1-A1-V1", "不再需要")).wasAccepted();
            other.sends(new ReturnVoucher("B1-A1-V2", "不再需要")).wasAccepted();
            readsWhatWasForeseen(other, new Backfill("B1", 100));
            other.at("2020-07-01T00:00");
            readsWhatWasForeseen(other, new CloseQueue("B1", 100));
        }
    }

    @Test
    @DisplayName("Each step from the order to the claim reads what was foreseen")
    void using() {
        String provider = city.provider("P1");
        String batch = city.grants(voucher("V1").worth(yuan(5_000)).to("E1"));
        String id = city.id("V1");
        readsWhatWasForeseen(new OrderVoucher(id, provider, "INFORMATION", yuan(5_000), true));
        readsWhatWasForeseen(new ConfirmOrder(id));
        Papers papers = city.papers("V1");
        readsWhatWasForeseen(new UploadContract(id, papers.contract(), true, List.of(Papers.document("CONTRACT"))));
        readsWhatWasForeseen(new ConfirmContract(id, true));
        city.at("2020-05-20T09:00");
        readsWhatWasForeseen(new PayVoucher(
                id,
                yuan(5_000),
                papers.completedOn(),
                5,
                papers.invoices(),
                papers.transfers(),
                true,
                papers.paymentDocuments()));
        readsWhatWasForeseen(new AcceptVoucher(id));
        city.at("2020-06-02T09:00");
        readsWhatWasForeseen(
                new SubmitClaim("C1", batch, provider, List.of(id), List.of(Papers.document("CLAIM_FORM"))));
    }

    private void readsWhatWasForeseen(Command command) {
        readsWhatWasForeseen(city, command);
    }

    private static void readsWhatWasForeseen(City city, Command command) {
        var stamp = new Stamp("look", city.now(), city.actorFor(command), "");
        var foreseen = new HashSet<>(ALWAYS_WARM);
        foreseen.addAll(Footprint.named(command));
        foreseen.addAll(city.ledger().look(ledger -> new Footprint(ledger).following(command, stamp)));
        city.sends(command).wasAccepted();
        foreseen.addAll(city.ledger().streamsForeseen());
        var unforeseen = new TreeSet<>(city.ledger().streamsRead());
        unforeseen.removeAll(foreseen);
        assertThat(unforeseen).as("%s", command).isEmpty();
    }
}
