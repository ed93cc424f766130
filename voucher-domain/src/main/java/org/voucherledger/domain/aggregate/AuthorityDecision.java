package org.voucherledger.domain.aggregate;

/** A recorded decision of the authority that moves a date, a budget or a limit, from then on, undoing nothing (ALL-06). */
public interface AuthorityDecision extends DomainEvent {

    String noticeNumber();

    String reason();
}
