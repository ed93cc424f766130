package org.voucherledger.api.redemptionpapers;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.voucherledger.domain.redemption.ClaimEvent.ClaimPublished;
import org.voucherledger.domain.redemption.ClaimEvent.ItemPublishedAnew;
import org.voucherledger.domain.redemption.ClaimEvent.Listed;
import org.voucherledger.domain.redemption.PublicList;
import org.voucherledger.projections.audittrail.Recorded;

/**
 * A public list of a claim (GZ-42), as the ledger holds it.
 *
 * @param anew whether it is of an item that is published again because its amount was raised
 * @param sha256 of its file, as it stands in the ledger
 * @param csv its file
 * @param position of its event, by which it is told apart
 */
record PublishedList(
        String claimId,
        boolean anew,
        String providerName,
        List<Listed> items,
        Instant publishedAt,
        Instant noticeEndsAt,
        String sha256,
        String csv,
        long position) {

    /** Empty where the event publishes nothing. */
    static Optional<PublishedList> of(Recorded recorded) {
        Instant at = recorded.entry().at();
        long position = recorded.entry().position();
        return switch (recorded.event()) {
            case ClaimPublished e ->
                Optional.of(new PublishedList(
                        e.claimId(),
                        false,
                        e.providerName(),
                        e.list(),
                        at,
                        e.noticeEndsAt(),
                        e.listSha256(),
                        PublicList.csv(e),
                        position));
            case ItemPublishedAnew e ->
                Optional.of(new PublishedList(
                        e.claimId(),
                        true,
                        e.providerName(),
                        List.of(e.item()),
                        at,
                        e.noticeEndsAt(),
                        e.listSha256(),
                        PublicList.csv(e),
                        position));
            default -> Optional.empty();
        };
    }

    byte[] file() {
        return csv.getBytes(StandardCharsets.UTF_8);
    }

    /** What its file is called, below its claim. */
    String fileName() {
        return anew ? "list-" + position + ".csv" : "list.csv";
    }
}
