package org.voucherledger.projections.sealedlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Our trees against published vectors, and against the recursive definition of RFC 6962, section 2.1, word for word. */
class MerkleTreeTest {

    private static final int EXHAUSTIVE = 130;
    /** More than two tiles of the lowest level. */
    private static final int LARGE = 600;

    /** The eight leaves of the tests of Certificate Transparency. */
    private static final List<byte[]> PUBLISHED_LEAVES = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(HexFormat.of()::parseHex)
            .toList();

    /** Their roots, from no leaf to all eight. */
    private static final List<String> PUBLISHED_ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    @DisplayName("RFC 6962: leaves and nodes hash as published, and a leaf cannot pass for a node")
    void hashesAsPublished() {
        assertThat(hex(Hash.ofLeaf(bytes("L123456"))))
                .isEqualTo("395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
        assertThat(hex(Hash.ofLeaf(new byte[0])))
                .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        Hash left = Hash.ofLeaf(bytes("left"));
        Hash right = Hash.ofLeaf(bytes("right"));
        var both = new ByteArrayOutputStream();
        both.writeBytes(left.bytes());
        both.writeBytes(right.bytes());
        assertThat(Hash.ofNode(left, right))
                .isNotEqualTo(Hash.ofLeaf(both.toByteArray()))
                .isNotEqualTo(Hash.ofNode(right, left));
        assertThat(Hash.ofLeaf(bytes("hello world")).base64())
                .as("the record of the Go checksum database's tests")
                .isEqualTo("TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0=");
    }

    @Test
    @DisplayName("RFC 6962: the published tree of eight leaves has the published roots at every size")
    void publishedRoots() {
        var tree = tree(PUBLISHED_LEAVES.stream().map(Hash::ofLeaf).toList());
        for (int size = 0; size <= PUBLISHED_LEAVES.size(); size++) {
            assertThat(hex(new MerkleTree(tree).root(size))).isEqualTo(PUBLISHED_ROOTS.get(size));
        }
        assertThat(hexes(new MerkleTree(tree).inclusion(0, 8)))
                .as("the published path of the first leaf")
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(hexes(new MerkleTree(tree).consistency(6, 8)))
                .as("the published proof from six leaves to eight")
                .containsExactly(
                        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    }

    @Test
    @DisplayName(
            "RFC 6962: roots and proofs of every size up to " + EXHAUSTIVE + " are those of the recursive definition")
    void exhaustively() {
        List<Hash> leaves = leaves(EXHAUSTIVE);
        var tree = new MerkleTree(tree(leaves));
        for (int size = 0; size <= EXHAUSTIVE; size++) {
            List<Hash> all = leaves.subList(0, size);
            Hash root = Definition.root(all);
            assertThat(tree.root(size)).isEqualTo(root);
            for (int index = 0; index < size; index++) {
                List<Hash> path = tree.inclusion(index, size);
                assertThat(path).isEqualTo(Definition.path(index, all));
                assertThat(MerkleProof.includes(index, leaves.get(index), size, root, path))
                        .isTrue();
            }
            for (int from = 0; from <= size; from++) {
                List<Hash> proof = tree.consistency(from, size);
                assertThat(proof).isEqualTo(Definition.proof(from, all));
                assertThat(MerkleProof.continues(from, Definition.root(leaves.subList(0, from)), size, root, proof))
                        .isTrue();
            }
        }
    }

    @Test
    @DisplayName(
            "A proof with any of it changed proves nothing: hashes, their number and order, index, size, leaf, root")
    void changedProofsProveNothing() {
        List<Hash> leaves = leaves(40);
        var tree = new MerkleTree(tree(leaves));
        Hash other = Hash.ofLeaf(bytes("other"));
        for (int size = 1; size <= leaves.size(); size++) {
            Hash root = tree.root(size);
            for (int index = 0; index < size; index++) {
                List<Hash> path = tree.inclusion(index, size);
                Hash leaf = leaves.get(index);
                for (List<Hash> changed : changes(path, other)) {
                    assertThat(MerkleProof.includes(index, leaf, size, root, changed))
                            .isFalse();
                }
                assertThat(MerkleProof.includes(index, other, size, root, path)).isFalse();
                assertThat(MerkleProof.includes(index, leaf, size, other, path)).isFalse();
                assertThat(MerkleProof.includes(-1, leaf, size, root, path)).isFalse();
                assertThat(MerkleProof.includes(size, leaf, size, root, path)).isFalse();
                for (int wrong = 0; wrong < size; wrong++) {
                    assertThat(MerkleProof.includes(wrong, leaf, size, root, path))
                            .isEqualTo(wrong == index);
                }
            }
            for (int from = 1; from < size; from++) {
                List<Hash> proof = tree.consistency(from, size);
                Hash older = tree.root(from);
                for (List<Hash> changed : changes(proof, other)) {
                    assertThat(MerkleProof.continues(from, older, size, root, changed))
                            .isFalse();
                }
                assertThat(MerkleProof.continues(from, other, size, root, proof))
                        .isFalse();
                assertThat(MerkleProof.continues(from, older, size, other, proof))
                        .isFalse();
                assertThat(MerkleProof.continues(size, root, from, older, proof))
                        .isFalse();
            }
            assertThat(MerkleProof.continues(size, root, size, root, List.of(other)))
                    .isFalse();
            assertThat(MerkleProof.continues(0, other, size, root, List.of())).isFalse();
        }
    }

    @Test
    @DisplayName(
            "A frontier grown leaf by leaf has the root of every size, tells of every complete subtree once, and can be"
                    + " taken up anywhere")
    void frontier() {
        List<Hash> leaves = leaves(LARGE);
        SubtreeHashes hashes = tree(leaves);
        var tree = new MerkleTree(hashes);
        var grown = new Frontier();
        Map<String, Hash> told = new HashMap<>();
        for (int size = 0; size <= LARGE; size++) {
            assertThat(grown.size()).isEqualTo(size);
            assertThat(grown.root()).isEqualTo(tree.root(size));
            assertThat(Frontier.of(size, hashes).root()).isEqualTo(tree.root(size));
            if (size < LARGE) {
                grown.append(
                        leaves.get(size),
                        (level, index, hash) ->
                                assertThat(told.put(level + "/" + index, hash)).isNull());
            }
        }
        told.forEach((place, hash) -> {
            String[] parts = place.split("/");
            assertThat(hash).isEqualTo(hashes.hash(Integer.parseInt(parts[0]), Long.parseLong(parts[1])));
        });
        assertThat(told).hasSize(2 * LARGE - Integer.bitCount(LARGE));
        var taken = Frontier.of(300, hashes);
        leaves.subList(300, LARGE).forEach(taken::append);
        assertThat(taken.root()).isEqualTo(grown.root());
    }

    @Test
    @DisplayName("C2SP tlog-tiles: from tiles of height 8 come the same roots and proofs as from all hashes")
    void tiles() {
        List<Hash> leaves = leaves(LARGE);
        Map<String, ByteArrayOutputStream> kept = new HashMap<>();
        var grown = new Frontier();
        leaves.forEach(leaf -> grown.append(leaf, (level, index, hash) -> {
            if (level % Tiles.HEIGHT == 0) {
                kept.computeIfAbsent(level / Tiles.HEIGHT + "/" + index / Tiles.WIDTH, t -> new ByteArrayOutputStream())
                        .writeBytes(hash.bytes());
            }
        }));
        assertThat(kept.keySet()).containsExactlyInAnyOrder("0/0", "0/1", "0/2", "1/0");
        Tiles tiles = (level, index) -> kept.get(level + "/" + index).toByteArray();
        var fromTiles = new MerkleTree(tiles);
        var fromAll = new MerkleTree(tree(leaves));
        for (int size = 1; size <= LARGE; size += 7) {
            assertThat(fromTiles.root(size)).isEqualTo(fromAll.root(size));
            assertThat(fromTiles.inclusion(size / 2, size)).isEqualTo(fromAll.inclusion(size / 2, size));
            assertThat(fromTiles.consistency(size / 3, size)).isEqualTo(fromAll.consistency(size / 3, size));
        }
        assertThatThrownBy(() -> tiles.hash(0, LARGE)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("What does not exist has no proof")
    void nothingToProve() {
        var tree = new MerkleTree(tree(leaves(3)));
        assertThatThrownBy(() -> tree.inclusion(3, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.inclusion(-1, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.consistency(3, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.root(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Hash.of(new byte[31])).isInstanceOf(Unreadable.class);
    }

    /** Section 2.1 of the RFC as it is written, over lists. */
    private static final class Definition {

        static Hash root(List<Hash> leaves) {
            if (leaves.isEmpty()) {
                return Hash.OF_NOTHING;
            }
            if (leaves.size() == 1) {
                return leaves.getFirst();
            }
            int k = split(leaves.size());
            return Hash.ofNode(root(leaves.subList(0, k)), root(leaves.subList(k, leaves.size())));
        }

        static List<Hash> path(int m, List<Hash> leaves) {
            if (leaves.size() == 1) {
                return List.of();
            }
            int n = leaves.size();
            int k = split(n);
            return m < k
                    ? followed(path(m, leaves.subList(0, k)), root(leaves.subList(k, n)))
                    : followed(path(m - k, leaves.subList(k, n)), root(leaves.subList(0, k)));
        }

        static List<Hash> proof(int m, List<Hash> leaves) {
            return m == 0 || m == leaves.size() ? List.of() : subproof(m, leaves, true);
        }

        private static List<Hash> subproof(int m, List<Hash> leaves, boolean known) {
            int n = leaves.size();
            if (m == n) {
                return known ? List.of() : List.of(root(leaves));
            }
            int k = split(n);
            return m <= k
                    ? followed(subproof(m, leaves.subList(0, k), known), root(leaves.subList(k, n)))
                    : followed(subproof(m - k, leaves.subList(k, n), false), root(leaves.subList(0, k)));
        }

        private static int split(int n) {
            int k = 1;
            while (k * 2 < n) {
                k *= 2;
            }
            return k;
        }

        private static List<Hash> followed(List<Hash> hashes, Hash last) {
            var all = new ArrayList<>(hashes);
            all.add(last);
            return all;
        }
    }

    private static List<List<Hash>> changes(List<Hash> proof, Hash other) {
        var changes = new ArrayList<List<Hash>>();
        for (int i = 0; i < proof.size(); i++) {
            var replaced = new ArrayList<>(proof);
            replaced.set(i, other);
            changes.add(replaced);
            var dropped = new ArrayList<>(proof);
            dropped.remove(i);
            changes.add(dropped);
            if (i > 0) {
                var swapped = new ArrayList<>(proof);
                Collections.swap(swapped, i - 1, i);
                changes.add(swapped);
            }
        }
        for (Hash more : Stream.concat(Stream.of(other), proof.stream()).toList()) {
            changes.add(Stream.concat(proof.stream(), Stream.of(more)).toList());
            changes.add(Stream.concat(Stream.of(more), proof.stream()).toList());
        }
        return changes;
    }

    private static SubtreeHashes tree(List<Hash> leaves) {
        return (level, index) -> Definition.root(leaves.subList((int) index << level, (int) (index + 1) << level));
    }

    private static List<Hash> leaves(int count) {
        var random = new Random(6962);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    byte[] leaf = new byte[random.nextInt(50)];
                    random.nextBytes(leaf);
                    return Hash.ofLeaf(leaf);
                })
                .toList();
    }

    private static List<String> hexes(List<Hash> hashes) {
        return hashes.stream().map(MerkleTreeTest::hex).toList();
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
