package org.voucherledger.violating.season;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.voucherledger.violating.pipeline.PlaysASeason;

/** Breaks "SQL only where it is named", and one half of "no cycles". */
public record SelectsVouchers(JdbcClient sql, PlaysASeason season) {}
