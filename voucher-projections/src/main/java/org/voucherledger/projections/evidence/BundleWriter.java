package org.voucherledger.projections.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.SubtreeHashes;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * Writes an evidence bundle, leaf by leaf; nothing is kept in memory but one line.
 *
 * <p>Each leaf stands beside the hash under which it was sealed, and of what lies between two leaves only the hashes of complete
 * subtrees are given. So one pass from the first line to the last computes the root, for a whole ledger as for one voucher.
 */
public final class BundleWriter {

    private final OutputStream out;
    private final SubtreeHashes hashes;
    private long next;
    private long leaves;

    private BundleWriter(OutputStream out, SubtreeHashes hashes) {
        this.out = out;
        this.hashes = hashes;
    }

    /**
     * Writes the bundle; the stream is neither flushed nor closed.
     *
     * @return how many leaves are in it
     * @throws Unreadable if a leaf cannot stand in a bundle, or there is nothing of what was asked for
     */
    public static long write(OutputStream out, Scope scope, SealedMoment moment) throws IOException {
        var writer = new BundleWriter(out, moment.hashes());
        long size = Checkpoint.of(moment.checkpoint()).size();
        writer.line(BundleForm.FIRST_LINE);
        writer.line(BundleForm.SCOPE + scope.written());
        writer.line(BundleForm.POSITION + moment.position());
        writer.line("");
        writer.text(moment.checkpoint().written());
        writer.line("");
        moment.tell(scope, (index, line) -> writer.leaf(index, line, size));
        writer.skipTo(size);
        return writer.leaves;
    }

    private void leaf(long index, byte[] line, long size) throws IOException {
        if (index < next || index >= size) {
            throw new IllegalStateException("leaf " + index + " after " + next + " of " + size);
        }
        int length = BundleForm.LEAF.length() + BundleForm.HASH_CHARACTERS + 1 + line.length;
        if (length > BundleForm.LONGEST_LINE) {
            throw new Unreadable("leaf " + index + " has " + line.length + " bytes, more than fit into a line");
        }
        skipTo(index);
        text(BundleForm.LEAF + hashes.hash(0, index).base64() + " ");
        out.write(line);
        line("");
        next = index + 1;
        leaves++;
    }

    /** Goes on to this leaf in the largest steps that are complete subtrees. */
    private void skipTo(long index) throws IOException {
        while (next < index) {
            long step = Long.highestOneBit(index - next);
            if (next > 0) {
                step = Math.min(step, Long.lowestOneBit(next));
            }
            int level = Long.numberOfTrailingZeros(step);
            Hash hash = hashes.hash(level, next >> level);
            line(BundleForm.SKIP + step + " " + hash.base64());
            next += step;
        }
    }

    private void line(String line) throws IOException {
        text(line + "\n");
    }

    private void text(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
