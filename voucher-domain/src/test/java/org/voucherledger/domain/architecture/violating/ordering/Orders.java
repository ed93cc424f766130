package org.voucherledger.domain.architecture.violating.ordering;

import org.axonframework.commandhandling.CommandHandler;
import org.voucherledger.domain.architecture.violating.paying.Pays;
import org.voucherledger.domain.architecture.violating.voucher.OpenToAll;

/** Breaks "handlers are called so", and "no cycles" together with {@link Pays}. */
public class Orders {

    @CommandHandler
    Pays handle(OpenToAll order) {
        return new Pays(this);
    }
}
