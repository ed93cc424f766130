package org.voucherledger.domain.footprint;

import java.util.ArrayList;
import java.util.List;
import org.voucherledger.domain.audit.AuditCommand;
import org.voucherledger.domain.batch.BatchCommand;
import org.voucherledger.domain.batch.BatchCommand.Apply;
import org.voucherledger.domain.batch.BatchCommand.WithdrawApplication;
import org.voucherledger.domain.cloud.CloudCommand.ApplyWithContract;
import org.voucherledger.domain.command.Command;
import org.voucherledger.domain.command.Stamp;
import org.voucherledger.domain.dossier.UsedKeys;
import org.voucherledger.domain.finding.FindingCommand;
import org.voucherledger.domain.ledger.Ledger;
import org.voucherledger.domain.party.EnterpriseCommand;
import org.voucherledger.domain.party.ProviderCommand;
import org.voucherledger.domain.redemption.ClaimCommand;
import org.voucherledger.domain.redemption.ClaimCommand.SubmitClaim;
import org.voucherledger.domain.time.Shanghai;
import org.voucherledger.domain.usedonce.UsedOnceKey;
import org.voucherledger.domain.voucher.VoucherCommand;
import org.voucherledger.domain.voucher.VoucherCommand.OrderVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.PayVoucher;
import org.voucherledger.domain.voucher.VoucherCommand.UploadContract;

/**
 * Which streams a command is going to look at, as far as that can be told before it is decided: what many commands look at can
 * then be read together. A hint only: a stream that is left out is read when it is looked at, one too many is read in vain.
 */
public final class Footprint {

    private final Ledger ledger;

    public Footprint(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What the command names. Who waits for whom depends on it, too: commands that name the same are done in the order of receipt,
     * and one that names nothing is taken to concern everything.
     */
    public static List<String> named(Command command) {
        return switch (command) {
            case Apply c -> List.of("batch:" + c.batchId(), "queue:" + c.batchId(), "enterprise:" + c.enterpriseId());
            case WithdrawApplication c ->
                List.of("batch:" + c.batchId(), "queue:" + c.batchId(), "enterprise:" + c.enterpriseId());
            case ApplyWithContract c ->
                List.of(
                        "batch:" + c.batchId(),
                        "queue:" + c.batchId(),
                        "enterprise:" + c.enterpriseId(),
                        "provider:" + c.providerId());
            case BatchCommand c -> List.of("batch:" + c.batchId());
            case OrderVoucher c -> List.of("voucher:" + c.voucherId(), "provider:" + c.providerId());
            case PayVoucher c -> {
                var streams = new ArrayList<String>();
                streams.add("voucher:" + c.voucherId());
                UsedKeys.ofPapers(c.invoices(), c.transfers()).stream()
                        .map(UsedOnceKey::streamId)
                        .forEach(streams::add);
                yield streams;
            }
            case VoucherCommand c -> List.of("voucher:" + c.voucherId());
            case SubmitClaim c -> {
                var streams = new ArrayList<String>();
                c.voucherIds().forEach(id -> streams.add("voucher:" + id));
                streams.add("claim:" + c.claimId());
                streams.add("batch:" + c.batchId());
                streams.add("provider:" + c.providerId());
                yield streams;
            }
            case ClaimCommand c -> List.of("claim:" + c.claimId());
            case EnterpriseCommand c -> List.of("enterprise:" + c.enterpriseId());
            case ProviderCommand c -> List.of("provider:" + c.providerId());
            case AuditCommand c -> List.of("draw:" + c.drawId());
            // Anybody may complain: that must not make everybody wait for everybody.
            case FindingCommand c -> List.of("finding:" + c.findingId());
            default -> List.of();
        };
    }

    /** On which of the named ones it depends what {@linkplain #following follows}. */
    public static List<String> leading(Command command) {
        return switch (command) {
            case Apply c -> List.of("batch:" + c.batchId());
            case WithdrawApplication c -> List.of("batch:" + c.batchId());
            case VoucherCommand c -> List.of("voucher:" + c.voucherId());
            case SubmitClaim c ->
                c.voucherIds().stream().map(id -> "voucher:" + id).toList();
            default -> named(command);
        };
    }

    /** What it comes to from there; to be asked when the {@linkplain #leading leading} ones have been read. */
    public List<String> following(Command command, Stamp stamp) {
        return switch (command) {
            case Apply c -> quotaOf(c.batchId(), c.enterpriseId(), stamp);
            case WithdrawApplication c -> quotaOf(c.batchId(), c.enterpriseId(), stamp);
            case VoucherCommand c -> ofVoucher(c);
            case SubmitClaim c -> holdersOf(c.voucherIds());
            case ClaimCommand c -> ofClaim(c);
            default -> List.of();
        };
    }

    private List<String> holdersOf(List<String> voucherIds) {
        return voucherIds.stream()
                .map(id -> ledger.voucher(id).now())
                .filter(voucher ->
                        voucher.exists() && !voucher.issue().enterpriseId().isEmpty())
                .map(voucher -> "enterprise:" + voucher.issue().enterpriseId())
                .distinct()
                .toList();
    }

    private List<String> quotaOf(String batchId, String enterpriseId, Stamp stamp) {
        var batch = ledger.batch(batchId).now();
        return batch.exists()
                ? List.of(Ledger.enterpriseQuotaStream(
                        batch.opened().schemeId(), enterpriseId, Shanghai.yearOf(stamp.receivedAt())))
                : List.of();
    }

    private List<String> ofVoucher(VoucherCommand command) {
        var voucher = ledger.voucher(command.voucherId()).now();
        if (!voucher.exists()) {
            return List.of();
        }
        var streams = new ArrayList<String>();
        streams.add("batch:" + voucher.issue().batchId());
        if (!voucher.issue().enterpriseId().isEmpty()) {
            streams.add("enterprise:" + voucher.issue().enterpriseId());
        }
        String provider = switch (command) {
            case OrderVoucher order -> order.providerId();
            default -> voucher.providerId();
        };
        if (!provider.isEmpty()) {
            var terms = ledger.scheme(voucher.issue().schemeId())
                    .now()
                    .terms(voucher.issue().schemeVersion());
            streams.add("provider:" + provider);
            streams.add(Ledger.providerQuotaStream(terms.schemeId(), provider, terms.year()));
        }
        if (command instanceof UploadContract upload && voucher.order() != null) {
            streams.add(UsedKeys.contractItem(voucher.issue().enterpriseId(), provider, upload.contract())
                    .streamId());
        }
        return streams;
    }

    private List<String> ofClaim(ClaimCommand command) {
        var claim = ledger.claim(command.claimId()).now();
        return claim.exists()
                ? claim.items().keySet().stream().map(id -> "voucher:" + id).toList()
                : List.of();
    }
}
