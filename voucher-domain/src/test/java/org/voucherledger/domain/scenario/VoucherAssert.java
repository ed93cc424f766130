package org.voucherledger.domain.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.voucherledger.domain.voucher.VoucherState;
import org.voucherledger.domain.voucher.VoucherStatus;

/** How a voucher must stand now; asked of its aggregate and of the books. Amounts in fen. */
public final class VoucherAssert {

    private final String name;
    private final VoucherState state;
    private final Books.VoucherBook book;

    VoucherAssert(String name, VoucherState state, Books.VoucherBook book) {
        this.name = name;
        this.state = state;
        this.book = book;
    }

    public VoucherAssert is(VoucherStatus status) {
        assertThat(state.status()).as(name).isEqualTo(status);
        return this;
    }

    /** The refused step has left it where it was. */
    public VoucherAssert isStill(VoucherStatus status) {
        return is(status);
    }

    public VoucherAssert has(Books.Account account, long fen) {
        assertThat(book.at(account)).as("%s on %s", name, account).isEqualTo(fen);
        return this;
    }

    public VoucherAssert isFrozen(boolean frozen) {
        assertThat(state.frozen()).as("%s is frozen", name).isEqualTo(frozen);
        return this;
    }

    /** What the provider owes the enterprise because it was paid beyond its price (GZ-24). */
    public VoucherAssert isOwed(long fen) {
        assertThat(state.payment().owedFen()).as("%s: owed", name).isEqualTo(fen);
        return this;
    }

    public VoucherState state() {
        return state;
    }
}
