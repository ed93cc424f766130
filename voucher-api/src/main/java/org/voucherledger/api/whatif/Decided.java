package org.voucherledger.api.whatif;

/**
 * How one application was decided. Amounts in fen; what it never had is {@code null}.
 *
 * @param position in the queue, from one
 * @param tier from zero, which is granted first
 * @param place in the order of grant, from one; {@code null} where it was not live at the end
 * @param shareBasisPoints what its vouchers pay of what is settled
 * @param rule that refused or passed it over
 */
public record Decided(
        Fate fate,
        Long position,
        Integer tier,
        Long place,
        Integer shareBasisPoints,
        long amountFen,
        String rule,
        String about) {}
