package org.voucherledger.projections.evidence;

/** The file is not a bundle from this line on, so that nothing after it can be read. */
final class BrokenForm extends RuntimeException {

    private final transient Failure failure;

    BrokenForm(long line, String zh, String en) {
        super(en, null, false, false);
        this.failure = new Failure(Check.FORM, new Place(line, null, null, null), zh, en);
    }

    Failure failure() {
        return failure;
    }
}
