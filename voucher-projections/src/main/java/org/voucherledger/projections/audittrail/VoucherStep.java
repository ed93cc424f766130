package org.voucherledger.projections.audittrail;

import org.voucherledger.domain.voucher.VoucherState.Balances;
import org.voucherledger.domain.voucher.VoucherStatus;

/**
 * A step in a voucher's life and what the voucher was after it.
 *
 * @param statusAfter as the domain folds it from this voucher's events alone
 */
public record VoucherStep(AuditEntry event, VoucherStatus statusAfter, boolean frozenAfter, Balances balancesAfter) {}
