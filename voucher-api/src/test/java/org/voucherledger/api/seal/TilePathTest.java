package org.voucherledger.api.seal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilePathTest {

    @ParameterizedTest(name = "{0} is {1}, {2} wide")
    @DisplayName("a tile's address is written as C2SP tlog-tiles says")
    @CsvSource({
        "/000, 0, 256",
        "/067, 67, 256",
        "/999, 999, 256",
        "/x001/000, 1000, 256",
        "/x001/x234/067, 1234067, 256",
        "/x999/x999/999, 999999999, 256",
        "/000.p/1, 0, 1",
        "/x001/234.p/255, 1234, 255",
    })
    void addresses(String path, long index, int width) {
        assertThat(TilePath.of(0, path)).hasValue(new TilePath(0, index, width));
    }

    @ParameterizedTest
    @DisplayName("what is no such address has no tile")
    @ValueSource(
            strings = {
                "",
                "/",
                "/1",
                "/01",
                "/0000",
                "/x001",
                "/x000/001",
                "/001/002",
                "/x001/x002",
                "/001.p/0",
                "/001.p/256",
                "/001.p/",
                "/001.p/01",
                "/-01",
                "/../000",
                "/001/"
            })
    void none(String path) {
        assertThat(TilePath.of(0, path)).isEmpty();
    }
}
