package org.voucherledger.api.rulecoverage;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** One rule of the rulebook with what stands for it in the repository. */
public final class Covered {

    private final String id;
    private final String title;
    private final Set<String> decided = new TreeSet<>();
    private final List<String> carried = new ArrayList<>();
    private final Set<String> tests = new TreeSet<>();
    private final Set<String> refusals = new TreeSet<>();
    private final Set<String> effects = new TreeSet<>();

    Covered(String id, String title) {
        this.id = id;
        this.title = title;
    }

    public String id() {
        return id;
    }

    /** Its name in the rulebook; empty where it has none. */
    public String title() {
        return title;
    }

    /** Where it is decided, as file and line; where it refuses nothing, where it is carried out. */
    public List<String> decided() {
        return Stream.concat(decided.stream(), carried.stream()).toList();
    }

    /** The tests whose names carry its ID. */
    public List<String> tests() {
        return List.copyOf(tests);
    }

    /** What its refusals are about. */
    public List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** The parts of the program that are marked as carrying it out. */
    public List<String> effects() {
        return List.copyOf(effects);
    }

    /** By decisions, or carried out at exactly one place. */
    public boolean isDecided() {
        return decided.isEmpty() ? carried.size() == 1 : carried.isEmpty();
    }

    public boolean isProved() {
        return !tests.isEmpty();
    }

    boolean isCovered() {
        return isDecided() && isProved();
    }

    void decides(Path file, int line) {
        decided.add(place(file, line));
    }

    void carries(Path file, int line, String name) {
        carried.add(place(file, line));
        effects.add(name);
    }

    void proves(String test) {
        tests.add(test);
    }

    void refuses(String about) {
        refusals.add(about);
    }

    private static String place(Path file, int line) {
        return file.toString().replace('\\', '/').replaceFirst("src/main/java/org/voucherledger/", "") + ":" + line;
    }
}
