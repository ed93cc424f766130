package org.voucherledger.domain.audit;

import java.util.Collection;
import java.util.Optional;

/** Where frames and ratings are read: the past of all vouchers, which no single stream of the ledger holds. */
public interface Frames {

    /** For a ledger that nobody draws from. */
    Frames NONE = new Frames() {
        @Override
        public long toldUpTo() {
            throw new IllegalStateException("nobody draws from this ledger");
        }

        @Override
        public long ratedUpTo() {
            throw new IllegalStateException("nobody draws from this ledger");
        }

        @Override
        public Collection<FrameItem> at(FrameScope scope, long position) {
            throw new IllegalStateException("nobody draws from this ledger");
        }

        @Override
        public Optional<MeanRating> rating(String providerId, long position) {
            throw new IllegalStateException("nobody draws from this ledger");
        }
    };

    /** The last position of the log of which frames can be told; it never goes back. */
    long toldUpTo();

    /** The last position of the log of which ratings can be told, which need less than frames do; it never goes back. */
    long ratedUpTo();

    /**
     * The items of the scope as they stood at the position.
     *
     * @param position not beyond {@link #toldUpTo}
     * @return each once, in any order; the same whenever it is asked
     */
    Collection<FrameItem> at(FrameScope scope, long position);

    /**
     * How the provider was rated by the payments that stood at the position (SV-02); empty if by none.
     *
     * @param position not beyond {@link #ratedUpTo}; beyond it the answer holds for nothing
     */
    Optional<MeanRating> rating(String providerId, long position);
}
