package org.voucherledger.projections.evidence;

import java.util.ArrayList;
import java.util.List;
import org.voucherledger.projections.sealedlog.Break;
import org.voucherledger.projections.sealedlog.Checkpoint;
import org.voucherledger.projections.sealedlog.Cosignature;
import org.voucherledger.projections.sealedlog.NoteKey;
import org.voucherledger.projections.sealedlog.SignedNote;
import org.voucherledger.projections.sealedlog.Unreadable;

/** Who has signed a checkpoint. */
final class Signatures {

    private Signatures() {}

    /**
     * Checks them.
     *
     * @param key of the ledger that must have signed
     * @param witnesses each of which must have cosigned
     * @return what the witnesses say
     */
    static List<Cosignature> check(
            SignedNote signed, Checkpoint checkpoint, NoteKey key, List<NoteKey> witnesses, Succession.Fails fails) {
        var cosignatures = new ArrayList<Cosignature>();
        try {
            boolean hasEnded = Break.in(checkpoint.extensions()).stream()
                    .anyMatch(anew -> anew.ended().equals(key));
            if (!signed.isSignedBy(key) && hasEnded) {
                fails.because(
                        Check.KEY,
                        Place.WHOLE_FILE,
                        "该密钥的日志已终止，此检查点属于其后重新开始的日志：请索取由两把密钥共同签署的声明，以新密钥核对",
                        "the log of this key was ended, and the checkpoint is of the one that was begun anew after it: ask"
                                + " for the declaration, which both keys sign, and verify with the new key");
            } else if (!signed.isSignedBy(key)) {
                fails.because(
                        Check.KEY, Place.WHOLE_FILE, "检查点没有该密钥的签名", "the checkpoint has no signature of this key");
            } else if (!checkpoint.origin().equals(key.name())) {
                fails.because(
                        Check.KEY,
                        Place.WHOLE_FILE,
                        "检查点属于账本“" + checkpoint.origin() + "”，而非“" + key.name() + "”",
                        "the checkpoint is of the ledger \"" + checkpoint.origin() + "\", not of \"" + key.name()
                                + "\"");
            }
        } catch (Unreadable falseOne) {
            fails.because(Check.KEY, Place.WHOLE_FILE, "该密钥名下的签名是假的", "the signature in this key's name is false");
        }
        for (NoteKey witness : witnesses) {
            try {
                signed.cosignedBy(witness)
                        .ifPresentOrElse(
                                cosignatures::add,
                                () -> fails.because(
                                        Check.WITNESS,
                                        Place.WHOLE_FILE,
                                        "没有见证人“" + witness.name() + "”的联署",
                                        "the witness \"" + witness.name() + "\" has not cosigned it"));
            } catch (Unreadable falseOne) {
                fails.because(
                        Check.WITNESS,
                        Place.WHOLE_FILE,
                        "见证人“" + witness.name() + "”名下的联署是假的",
                        "the cosignature in the name of \"" + witness.name() + "\" is false");
            }
        }
        return cosignatures;
    }
}
