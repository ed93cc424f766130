package org.voucherledger.api.whatif;

import java.util.List;
import java.util.Map;

/**
 * What a past batch would have become under a draft. Amounts in fen.
 *
 * @param schemeVersion the version the batch ran under
 * @param budgetFen what the batch had to grant
 * @param changes how many applications changed how
 * @param hindered what was taken from the budget then and could not have been under the draft
 * @param applications in the order of their receipt
 */
public record WhatIfAnswer(
        String batchId,
        String schemeId,
        int schemeVersion,
        String draftSchemeId,
        String draftSha256,
        long budgetFen,
        Sums before,
        Sums after,
        Map<Compared.Change, Long> changes,
        List<Hindered> hindered,
        List<Compared> applications) {}
