package org.voucherledger.domain.architecture.violating.money;

/** Breaks "no floating point" and "nothing is mutable in public". */
final class CountsInDoubles {

    public double yuan;

    double half() {
        return yuan / 2;
    }
}
