package org.voucherledger.api.query;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.TimeoutException;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.voucherledger.api.security.Reader;
import org.voucherledger.domain.command.Role;
import org.voucherledger.domain.voucher.VoucherStatus;
import org.voucherledger.projections.projection.Seen;
import org.voucherledger.projections.projection.Slice;
import org.voucherledger.projections.projection.Views;
import org.voucherledger.projections.voucherboard.BoardVoucher;
import org.voucherledger.projections.voucherboard.VoucherBoard;
import org.voucherledger.projections.voucherboard.VoucherBoardProjection;

/** The vouchers as they are now. */
@RestController
@Tag(name = "Vouchers")
class VouchersEndpoint {

    private final Views views;
    private final VoucherBoard board;

    VouchersEndpoint(Views views, VoucherBoard board) {
        this.views = views;
        this.board = board;
    }

    @Operation(summary = "Vouchers by batch, enterprise, holder, provider and status; a party's own")
    @GetMapping("/api/v1/vouchers")
    @PreAuthorize(Readers.CONCERNED)
    Slice<BoardVoucher> vouchers(
            @RequestParam(required = false) String batch,
            @RequestParam(required = false) String enterprise,
            @RequestParam(required = false) String holder,
            @RequestParam(required = false) String provider,
            @RequestParam(required = false) VoucherStatus status,
            @ParameterObject Page page,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        var asked = new VoucherBoard.Asked(
                batch,
                reader.only(Role.ENTERPRISE, enterprise),
                reader.only(Role.HOLDER, holder),
                reader.only(Role.PROVIDER, provider),
                status);
        return views.slice(
                page.atLeast(),
                page.limit(),
                limit -> board.vouchers(asked, page.cursor(), limit),
                BoardVoucher::id,
                VoucherBoardProjection.NAME);
    }

    @Operation(summary = "A voucher as it is now")
    @GetMapping("/api/v1/vouchers/{voucherId}")
    @PreAuthorize(Readers.CONCERNED)
    Seen<BoardVoucher> voucher(
            @PathVariable String voucherId,
            @RequestParam(required = false) Long atLeast,
            @Parameter(hidden = true) Reader reader)
            throws TimeoutException {
        Seen<BoardVoucher> seen = views.read(
                atLeast,
                () -> board.voucher(voucherId).orElseThrow(NotThere.of("Voucher", voucherId)),
                VoucherBoardProjection.NAME);
        BoardVoucher voucher = seen.value();
        reader.concerns(voucherId, voucher.enterpriseId(), voucher.providerId(), voucher.holderRef());
        return seen;
    }
}
