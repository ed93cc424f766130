package org.voucherledger.projections.books;

/** The balance of an account, in fen; an empty batch or owner means that the account has none. */
public record BookEntry(Book book, String schemeId, String batchId, String owner, Account account, long balanceFen) {}
