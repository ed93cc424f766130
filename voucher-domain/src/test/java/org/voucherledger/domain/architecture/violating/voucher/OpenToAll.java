package org.voucherledger.domain.architecture.violating.voucher;

import org.voucherledger.domain.command.Command;

/** Breaks "commands say who may". */
public record OpenToAll(String voucherId) implements Command {}
