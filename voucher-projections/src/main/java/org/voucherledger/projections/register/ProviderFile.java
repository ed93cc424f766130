package org.voucherledger.projections.register;

import java.util.List;

/** A provider with its products, by their identifiers. */
public record ProviderFile(Provider provider, List<Product> products) {}
