package org.voucherledger.projections.certificate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.voucherledger.projections.books.Account;
import org.voucherledger.projections.books.Figures;
import org.voucherledger.projections.books.Recount;
import org.voucherledger.projections.certificate.Judgement.Fault;
import org.voucherledger.projections.evidence.Findings;
import org.voucherledger.projections.evidence.LeavesOfAFile;
import org.voucherledger.projections.sealedlog.EventLeaf;
import org.voucherledger.projections.sealedlog.Hash;
import org.voucherledger.projections.sealedlog.Leaf;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Unreadable;

/**
 * Checks a certificate with nothing but the file and the public key, and then, if there is a bundle of the whole ledger too, with
 * what that ledger recorded: no database, no network, no clock.
 */
public final class CertificateVerification {

    /** A longer file is no certificate. */
    public static final int MOST_BYTES = 1024 * 1024;

    private final Map<CertificateCheck, Fault> faults = new EnumMap<>(CertificateCheck.class);
    private final Set<CertificateCheck> checked = EnumSet.of(CertificateCheck.FORM);
    private Certificate certificate;

    private CertificateVerification() {}

    /** The certificate by itself: form, signature, sums, equations. */
    public static CertificateVerification of(byte[] file, NoteKey key) {
        var verification = new CertificateVerification();
        verification.read(file, key);
        return verification;
    }

    private void read(byte[] file, NoteKey key) {
        CertificateText.Read read;
        SignedNote note;
        try {
            if (file.length > MOST_BYTES) {
                throw new Unreadable("it is longer than 1 MiB");
            }
            note = SignedNote.parse(file);
            read = CertificateText.read(note.text());
        } catch (Unreadable notOne) {
            fails(
                    CertificateCheck.FORM,
                    "文件不完整或不合证书格式",
                    "the file is not whole, or is not written as a certificate is: " + notOne.getMessage());
            return;
        }
        certificate = read.certificate();
        checked.addAll(EnumSet.range(CertificateCheck.KEY, CertificateCheck.EQUATIONS));
        signature(note, key);
        List<String> violations = certificate.figures().violations();
        if (!violations.isEmpty()) {
            fails(CertificateCheck.SUMS, "账目不平：" + violations.getFirst(), violations.getFirst());
        }
        equations(read.equations());
    }

    private void signature(SignedNote note, NoteKey key) {
        String ledger = certificate.checkpoint().origin();
        try {
            if (!note.isSignedBy(key)) {
                fails(CertificateCheck.KEY, "证书没有该密钥的签名", "the certificate has no signature of this key");
            } else if (!ledger.equals(key.name())) {
                fails(
                        CertificateCheck.KEY,
                        "证书属于账本“" + ledger + "”，而非“" + key.name() + "”",
                        "the certificate is of the ledger \"" + ledger + "\", not of \"" + key.name() + "\"");
            }
        } catch (Unreadable falseOne) {
            fails(
                    CertificateCheck.KEY,
                    "该密钥名下的签名是假的：证书在签署后被改动，或并非由该密钥签署",
                    "the signature in this key's name is false: the certificate was changed after it was signed, or was"
                            + " signed by another key");
        }
    }

    /** The equations must be all those that the figures must keep, and no others. */
    private void equations(List<String> written) {
        List<String> reckoned = certificate.equations();
        for (int i = 0; i < Math.max(written.size(), reckoned.size()); i++) {
            String mine = i < written.size() ? written.get(i) : "";
            String theirs = i < reckoned.size() ? reckoned.get(i) : "";
            if (!mine.equals(theirs)) {
                fails(
                        CertificateCheck.EQUATIONS,
                        "证书写“" + mine + "”，由账户算得“" + theirs + "”",
                        "the certificate says \"" + mine + "\", the accounts give \"" + theirs + "\"");
                return;
            }
        }
        certificate.figures().trial().equations().stream()
                .filter(equation -> !equation.holds())
                .findFirst()
                .ifPresent(equation -> fails(
                        CertificateCheck.EQUATIONS,
                        "等式“" + equation.equation() + "”两边不等：" + equation.leftFen() + " 分与 " + equation.rightFen()
                                + " 分",
                        "the sides of \"" + equation.equation() + "\" differ: " + equation.leftFen() + " fen and "
                                + equation.rightFen() + " fen"));
    }

    /** What was found out so far. */
    public Judgement judgement() {
        return new Judgement(
                Collections.unmodifiableSet(EnumSet.copyOf(checked)), List.copyOf(faults.values()), certificate);
    }

    /**
     * Begins to hold the certificate against a whole ledger.
     *
     * @throws IllegalStateException if the file is no certificate
     */
    public AgainstEvidence againstEvidence() {
        if (certificate == null) {
            throw new IllegalStateException("there is no certificate to hold against anything");
        }
        return new AgainstEvidence();
    }

    private void fails(CertificateCheck check, String zh, String en) {
        faults.putIfAbsent(check, new Fault(check, zh, en));
    }

    /** To be told every leaf of the bundle and, by its books, every posting; then what was found out about the bundle. */
    public final class AgainstEvidence implements LeavesOfAFile {

        private final Recount recount = new Recount(certificate.figures().scope(), certificate.position());
        private EventLeaf last;
        private long sizeWithLast;
        private Hash root;

        private AgainstEvidence() {}

        /** For the books of the bundle. */
        public Recount recount() {
            return recount;
        }

        @Override
        public void after(Leaf leaf, long size, Supplier<Hash> rootOfIt) {
            if (leaf instanceof EventLeaf event && event.position() <= certificate.position()) {
                last = event;
                sizeWithLast = size;
            }
            if (size == certificate.checkpoint().size()) {
                root = rootOfIt.get();
            }
        }

        /** The whole judgement. */
        public Judgement with(Findings evidence) {
            checked.add(CertificateCheck.EVIDENCE);
            if (!evidence.hold()) {
                var first = evidence.failures().getFirst();
                fails(
                        CertificateCheck.EVIDENCE,
                        first.check().zh() + "：不成立，" + first.zh(),
                        first.check().en() + ": it does not, " + first.en());
            } else if (!evidence.scope().isWholeLedger()) {
                fails(CertificateCheck.EVIDENCE, "该证据文件不是整本账的", "the evidence is not of the whole ledger");
            } else if (evidence.position() < certificate.position()) {
                fails(
                        CertificateCheck.EVIDENCE,
                        "证据止于位置 " + evidence.position() + "，未到证书的 " + certificate.position(),
                        "the evidence ends at position " + evidence.position() + ", before the certificate's "
                                + certificate.position());
            } else {
                checked.add(CertificateCheck.CHECKPOINT);
                checked.add(CertificateCheck.FIGURES);
                checkpoint(evidence);
                figures();
            }
            return judgement();
        }

        private void checkpoint(Findings evidence) {
            long size = certificate.checkpoint().size();
            if (evidence.checkpoint().size() == size) {
                root = evidence.checkpoint().root();
            }
            if (root == null) {
                fails(
                        CertificateCheck.CHECKPOINT,
                        "证据中看不到 " + size + " 片叶的树，其检查点为 "
                                + evidence.checkpoint().size() + " 片",
                        "the evidence does not show a tree of " + size + " leaves; its checkpoint has "
                                + evidence.checkpoint().size());
            } else if (!root.equals(certificate.checkpoint().root())) {
                fails(
                        CertificateCheck.CHECKPOINT,
                        "前 " + size + " 片叶的根与证书不同",
                        "the root over the first " + size + " leaves is another than the certificate's");
            } else if (sizeWithLast > size) {
                fails(
                        CertificateCheck.CHECKPOINT,
                        "位置 " + certificate.position() + " 的事件不在该树之内",
                        "the event at position " + certificate.position() + " is not in that tree");
            } else if (last == null
                    || last.position() != certificate.position()
                    || !last.recordedAt().equals(certificate.time())) {
                fails(
                        CertificateCheck.CHECKPOINT,
                        "证据在位置 " + certificate.position() + " 没有于 " + certificate.time() + " 记录的事件",
                        "the evidence has no event at position " + certificate.position() + " that was recorded at "
                                + certificate.time());
            }
        }

        private void figures() {
            Figures counted = recount.figures().orElse(null);
            if (!certificate.figures().equals(counted)) {
                String difference = difference(certificate.figures(), counted);
                fails(CertificateCheck.FIGURES, "与重算不同：" + difference, "it is not what was recomputed: " + difference);
            }
        }

        /** The first one, as certificate and recomputation. */
        private static String difference(Figures mine, Figures counted) {
            if (counted == null) {
                return "nothing was set aside for it by then";
            }
            for (Account account : Account.values()) {
                if (!Objects.equals(mine.sums().get(account), counted.sums().get(account))) {
                    return account + " " + mine.sums().get(account) + " fen <> "
                            + counted.sums().get(account) + " fen";
                }
            }
            if (mine.fundFen() != counted.fundFen()) {
                return "fund " + mine.fundFen() + " fen <> " + counted.fundFen() + " fen";
            }
            return "batches " + mine.batches() + " <> " + counted.batches();
        }
    }
}
