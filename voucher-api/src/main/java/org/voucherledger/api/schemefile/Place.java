package org.voucherledger.api.schemefile;

/** Where something stands in a file; line and column are counted from one. */
record Place(int line, int column) {

    static final Place START = new Place(1, 1);
}
