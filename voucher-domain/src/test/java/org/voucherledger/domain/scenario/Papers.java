package org.voucherledger.domain.scenario;

import java.time.LocalDate;
import java.util.List;
import org.voucherledger.domain.cloud.CloudContract;
import org.voucherledger.domain.party.Document;
import org.voucherledger.domain.party.ServiceType;
import org.voucherledger.domain.voucher.Contract;
import org.voucherledger.domain.voucher.Invoice;
import org.voucherledger.domain.voucher.InvoiceKind;
import org.voucherledger.domain.voucher.Transfer;

/**
 * The papers of one purchase: which contract, invoice and transfer it is proved by. Each method answers a changed copy, so
 * that a test says only what is special about it. Amounts in fen.
 */
public record Papers(
        String enterpriseName,
        String providerName,
        String number,
        ServiceType type,
        LocalDate signedOn,
        LocalDate serviceFrom,
        LocalDate serviceUntil,
        LocalDate invoicedOn,
        LocalDate transferredOn,
        LocalDate completedOn,
        long contractFen,
        long contractUnrelatedFen,
        long invoicedFen,
        long invoiceUnrelatedFen,
        long transferredFen,
        long transferUnrelatedFen) {

    /** Papers in order: signed in April, served, invoiced and half paid in May. */
    public static Papers of(String enterprise, String provider, String number, long priceFen) {
        return new Papers(
                Cast.enterpriseName(enterprise),
                Cast.providerName(provider),
                number,
                ServiceType.INFORMATION,
                LocalDate.of(2020, 4, 20),
                LocalDate.of(2020, 4, 21),
                LocalDate.of(2020, 5, 10),
                LocalDate.of(2020, 5, 11),
                LocalDate.of(2020, 5, 12),
                LocalDate.of(2020, 5, 10),
                priceFen,
                0,
                priceFen,
                0,
                priceFen - priceFen / 2,
                0);
    }

    /** GZ-07: what a product is offered with. */
    public static List<Document> forAProduct() {
        return List.of(document("QUALIFICATION_PROOF"), document("PAST_CONTRACT"));
    }

    /** GZ-02: what an enterprise is verified by. */
    public static List<Document> forVerification() {
        return List.of(document("LICENCE"), document("TAX_CERTIFICATE"), document("DECLARATION"));
    }

    public static Document document(String kind) {
        return new Document(kind, "0".repeat(64), "application/pdf", 1_000);
    }

    public Contract contract() {
        return new Contract(
                number,
                "1",
                enterpriseName,
                providerName,
                type,
                signedOn,
                serviceFrom,
                serviceUntil,
                contractFen,
                contractUnrelatedFen);
    }

    /** The same contract, as an application for a cloud voucher brings it. */
    public CloudContract cloudContract() {
        return new CloudContract(
                number,
                "1",
                enterpriseName,
                providerName,
                signedOn,
                serviceFrom,
                serviceUntil,
                contractFen,
                contractUnrelatedFen);
    }

    public List<Invoice> invoices() {
        return List.of(new Invoice(
                InvoiceKind.VAT_SPECIAL,
                "4400194130",
                number,
                invoicedOn,
                providerName,
                enterpriseName,
                invoicedFen,
                invoiceUnrelatedFen));
    }

    public List<Transfer> transfers() {
        return List.of(new Transfer(
                "中国银行", transferredOn, number, enterpriseName, providerName, transferredFen, transferUnrelatedFen));
    }

    public List<Document> paymentDocuments() {
        return List.of(document("INVOICE"), document("BANK_TRANSFER"), document("ACCEPTANCE"));
    }

    public Papers invoiced(long fen) {
        return amounts(
                contractFen, contractUnrelatedFen, fen, invoiceUnrelatedFen, transferredFen, transferUnrelatedFen);
    }

    public Papers transferred(long fen) {
        return amounts(contractFen, contractUnrelatedFen, invoicedFen, invoiceUnrelatedFen, fen, transferUnrelatedFen);
    }

    public Papers contractedFor(long fen) {
        return amounts(
                fen, contractUnrelatedFen, invoicedFen, invoiceUnrelatedFen, transferredFen, transferUnrelatedFen);
    }

    /** So much of each paper has nothing to do with the ordered product. */
    public Papers unrelated(long ofContractFen, long ofInvoiceFen, long ofTransferFen) {
        return amounts(contractFen, ofContractFen, invoicedFen, ofInvoiceFen, transferredFen, ofTransferFen);
    }

    private Papers amounts(
            long contract,
            long contractUnrelated,
            long invoice,
            long invoiceUnrelated,
            long transfer,
            long transferUnrelated) {
        return new Papers(
                enterpriseName,
                providerName,
                number,
                type,
                signedOn,
                serviceFrom,
                serviceUntil,
                invoicedOn,
                transferredOn,
                completedOn,
                contract,
                contractUnrelated,
                invoice,
                invoiceUnrelated,
                transfer,
                transferUnrelated);
    }

    public Papers signedOn(LocalDate day) {
        return days(day, serviceFrom, serviceUntil, invoicedOn, transferredOn, completedOn);
    }

    public Papers served(LocalDate from, LocalDate until) {
        return days(signedOn, from, until, invoicedOn, transferredOn, completedOn);
    }

    public Papers invoicedOn(LocalDate day) {
        return days(signedOn, serviceFrom, serviceUntil, day, transferredOn, completedOn);
    }

    public Papers transferredOn(LocalDate day) {
        return days(signedOn, serviceFrom, serviceUntil, invoicedOn, day, completedOn);
    }

    public Papers completedOn(LocalDate day) {
        return days(signedOn, serviceFrom, serviceUntil, invoicedOn, transferredOn, day);
    }

    private Papers days(
            LocalDate signed,
            LocalDate from,
            LocalDate until,
            LocalDate invoiced,
            LocalDate transferred,
            LocalDate completed) {
        return new Papers(
                enterpriseName,
                providerName,
                number,
                type,
                signed,
                from,
                until,
                invoiced,
                transferred,
                completed,
                contractFen,
                contractUnrelatedFen,
                invoicedFen,
                invoiceUnrelatedFen,
                transferredFen,
                transferUnrelatedFen);
    }

    public Papers named(String enterprise, String provider) {
        return new Papers(
                enterprise,
                provider,
                number,
                type,
                signedOn,
                serviceFrom,
                serviceUntil,
                invoicedOn,
                transferredOn,
                completedOn,
                contractFen,
                contractUnrelatedFen,
                invoicedFen,
                invoiceUnrelatedFen,
                transferredFen,
                transferUnrelatedFen);
    }

    public Papers numbered(String other) {
        return new Papers(
                enterpriseName,
                providerName,
                other,
                type,
                signedOn,
                serviceFrom,
                serviceUntil,
                invoicedOn,
                transferredOn,
                completedOn,
                contractFen,
                contractUnrelatedFen,
                invoicedFen,
                invoiceUnrelatedFen,
                transferredFen,
                transferUnrelatedFen);
    }

    public Papers of(ServiceType other) {
        return new Papers(
                enterpriseName,
                providerName,
                number,
                other,
                signedOn,
                serviceFrom,
                serviceUntil,
                invoicedOn,
                transferredOn,
                completedOn,
                contractFen,
                contractUnrelatedFen,
                invoicedFen,
                invoiceUnrelatedFen,
                transferredFen,
                transferUnrelatedFen);
    }
}
