package org.voucherledger.domain.rule;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the one type or method that carries out a rule which refuses nothing: a priority, a report, the form of all refusals.
 * A rule that refuses needs no mark, its decisions name it. {@code ./voucher rules} reads the mark in the sources.
 */
@Retention(RetentionPolicy.SOURCE)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Carries {
    Rule[] value();
}
