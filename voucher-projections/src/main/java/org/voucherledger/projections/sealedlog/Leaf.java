package org.voucherledger.projections.sealedlog;

/**
 * What the sealed log holds: an event, a refusal, or the refusal of an upload, as one line of JSON. The row determines the line, and the line is the leaf:
 * its hash is taken over exactly these UTF-8 bytes, without a newline.
 *
 * <p>Invariant: two rows that differ in anything have different lines, and from a line the row can be read back. The members
 * stand in one fixed order without any space between them, texts are escaped in one way only, moments always have six digits
 * after the second, and JSON that was stored is inserted byte for byte.
 */
public sealed interface Leaf permits EventLeaf, RefusalLeaf, UploadRefusalLeaf {

    /**
     * The canonical bytes.
     *
     * @throws Unreadable if the row cannot be a leaf, see {@link LeafWriter}
     */
    byte[] line();

    /**
     * Reads a line back.
     *
     * @throws Unreadable if the line is not, byte for byte, the one that its own row would give
     */
    static Leaf parse(byte[] line) {
        return LeafReader.read(line);
    }
}
