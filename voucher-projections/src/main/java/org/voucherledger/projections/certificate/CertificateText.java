package org.voucherledger.projections.certificate;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.voucherledger.projections.books.Account;
import org.voucherledger.projections.books.Figures;
import org.voucherledger.projections.books.Figures.OfBatch;
import org.voucherledger.projections.books.Scope;
import org.voucherledger.projections.books.ScopeKind;
import org.voucherledger.projections.books.TrialBalance;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Unreadable;

/** Writes and reads the text of a certificate. */
final class CertificateText {

    /** Fifteen digits, ten trillion yuan: of as many as a certificate can hold the sum still fits into a long. */
    private static final Pattern FEN = Pattern.compile("0|-?[1-9][0-9]{0,14}");

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Pattern YEAR = Pattern.compile("[0-9]{4}-");

    /**
     * @param equations as they are written; whether they follow from the figures is another question
     */
    record Read(Certificate certificate, List<String> equations) {}

    private final Deque<String> lines;

    private CertificateText(Deque<String> lines) {
        this.lines = lines;
    }

    /** All lines before the equations. */
    static List<String> statements(Certificate certificate) {
        Figures figures = certificate.figures();
        var lines = new ArrayList<String>();
        lines.add(Certificate.FIRST_LINE);
        lines.add("ledger " + certificate.checkpoint().origin());
        lines.add("scope " + kind(figures.scope()) + figures.scope().id());
        lines.add("position " + certificate.position());
        lines.add("time " + certificate.time());
        lines.add("size " + certificate.checkpoint().size());
        lines.add("root " + certificate.checkpoint().root().base64());
        if (figures.scope().kind() == ScopeKind.SCHEME) {
            lines.add("fund " + figures.fundFen());
        }
        figures.batches()
                .forEach((id, batch) -> lines.add("batch " + id + ": " + batch.budgetFen() + " = "
                        + batch.accounts().entrySet().stream()
                                .map(a -> a.getKey() + " " + a.getValue())
                                .collect(Collectors.joining(" + "))));
        figures.sums().forEach((account, fen) -> lines.add("account " + account + " " + fen));
        return lines;
    }

    static List<String> equations(TrialBalance trial) {
        return trial.equations().stream()
                .filter(e -> !e.of().startsWith("batch "))
                .map(e -> "equation " + e.equation() + ": " + e.leftFen() + " = " + e.rightFen())
                .toList();
    }

    private static String kind(Scope scope) {
        return scope.kind() == ScopeKind.SCHEME ? "scheme " : "batch ";
    }

    /** @throws Unreadable if the text is no certificate, or not written as one is */
    static Read read(String text) {
        var lines = new ArrayDeque<>(List.of(text.split("\n", -1)));
        if (!lines.pollLast().isEmpty()) {
            throw new Unreadable("the last line has no end");
        }
        return new CertificateText(lines).read();
    }

    private Read read() {
        insist(next("").equals(Certificate.FIRST_LINE), "the first line is not " + Certificate.FIRST_LINE);
        String ledger = next("ledger ");
        Scope scope = scope(next("scope "));
        long position = Checkpoint.number(next("position "));
        Instant time = time(next("time "));
        var checkpoint = new Checkpoint(ledger, Checkpoint.number(next("size ")), Hash.ofBase64(next("root ")));
        long fund = scope.kind() == ScopeKind.SCHEME ? fen(next("fund ")) : 0;
        var batches = new TreeMap<String, OfBatch>();
        while (!lines.isEmpty() && lines.peek().startsWith("batch ")) {
            String line = next("batch ");
            int colon = line.indexOf(": ");
            insist(colon > 0 && ID.matcher(line.substring(0, colon)).matches(), "a batch has an id");
            insist(
                    batches.isEmpty() || batches.lastKey().compareTo(line.substring(0, colon)) < 0,
                    "batches stand in the order of their ids");
            batches.put(line.substring(0, colon), batch(line.substring(colon + 2)));
        }
        insist(
                scope.kind() == ScopeKind.SCHEME
                        || batches.size() == 1 && batches.firstKey().equals(scope.id()),
                "a batch's certificate names that batch and no other");
        var sums = new TreeMap<Account, Long>();
        for (Account account : Account.values()) {
            sums.put(account, fen(next("account " + account + " ")));
        }
        insist(
                lines.stream().allMatch(line -> line.startsWith("equation ")),
                "after the accounts come equations and nothing else");
        return new Read(
                new Certificate(new Figures(scope, fund, sums, batches), position, time, checkpoint),
                List.copyOf(lines));
    }

    private static Scope scope(String words) {
        int space = words.indexOf(' ');
        String id = words.substring(space + 1);
        insist(space > 0 && ID.matcher(id).matches(), "the scope is a batch or a scheme with its id");
        return switch (words.substring(0, space)) {
            case "batch" -> Scope.batch(id);
            case "scheme" -> Scope.scheme(id);
            default -> throw new Unreadable("the scope is a batch or a scheme");
        };
    }

    private static Instant time(String words) {
        try {
            Instant time = Instant.parse(words);
            insist(time.toString().equals(words) && YEAR.matcher(words).lookingAt(), "a time is written in one way");
            return time;
        } catch (DateTimeException none) {
            throw new Unreadable("a time is an instant in UTC");
        }
    }

    private static OfBatch batch(String words) {
        int equals = words.indexOf(" = ");
        insist(equals > 0, "a batch's budget is its accounts");
        String[] terms = words.substring(equals + 3).split(Pattern.quote(" + "), -1);
        insist(terms.length == Figures.OF_A_BUDGET.size(), "a batch has all its accounts");
        var accounts = new TreeMap<Account, Long>();
        for (int i = 0; i < terms.length; i++) {
            Account account = Figures.OF_A_BUDGET.get(i);
            insist(terms[i].startsWith(account + " "), "a batch's accounts stand in their order");
            accounts.put(account, fen(terms[i].substring(account.name().length() + 1)));
        }
        return new OfBatch(fen(words.substring(0, equals)), accounts);
    }

    private static long fen(String words) {
        insist(FEN.matcher(words).matches(), "an amount is whole fen");
        return Long.parseLong(words);
    }

    /** What follows the word in the next line. */
    private String next(String word) {
        String line = lines.poll();
        if (line == null || !line.startsWith(word)) {
            throw new Unreadable(
                    line == null ? "it ends too early" : "no line where \"" + word.strip() + "\" must stand");
        }
        return line.substring(word.length());
    }

    private static void insist(boolean condition, String otherwise) {
        if (!condition) {
            throw new Unreadable(otherwise);
        }
    }
}
