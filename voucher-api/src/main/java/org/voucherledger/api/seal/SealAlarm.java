package org.voucherledger.api.seal;

/** The log may not be sealed any further; the message says in a plain sentence why, and what to do. */
public final class SealAlarm extends RuntimeException {

    public SealAlarm(String whatIsWrongAndWhatToDo) {
        super(whatIsWrongAndWhatToDo, null, false, false);
    }
}
