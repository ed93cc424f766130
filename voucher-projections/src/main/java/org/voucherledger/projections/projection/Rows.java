package org.voucherledger.projections.projection;

import org.springframework.jdbc.core.RowCallbackHandler;

/** Where rows are read from: the tables of one copy, or those views of the serving copy that are called like its tables. */
@FunctionalInterface
public interface Rows {

    /** Reads what a statement finds, which names tables as {@code {slot}.table}. It is to find a page, never a whole table. */
    void query(String statement, RowCallbackHandler row, Object... parameters);
}
