package org.voucherledger.projections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** Every projection: told twice, and from zero once more, it is as it was. */
class RebuildTest {

    @Test
    @DisplayName("A view told everything twice is the view told once")
    void told_twice() throws Exception {
        try (var city = new RandomCity(11).lives(300);
                var views = new TestViews()) {
            views.log().append(city.events());
            views.start().settle();
            var once = new TreeMap<String, Object>();
            views.projections().names().forEach(name -> once.put(name, views.contents(views.serving(name))));
            assertThat(once.toString()).contains("REDEEMED");

            try (var again = views.again()) {
                views.forgetTokens();
                again.start();
                views.awaitTokens(again);
                once.forEach((name, contents) ->
                        assertThat(views.contents(views.serving(name))).as(name).isEqualTo(contents));
            }
        }
    }

    @Test
    @DisplayName("A view rebuilt from zero, while events keep coming, is the view told live")
    void rebuilt_while_events_keep_coming() throws Exception {
        try (var city = new RandomCity(12).lives(300);
                var views = new TestViews();
                var untouched = new TestViews()) {
            int half = city.events().size() / 2;
            views.log().append(city.events().subList(0, half));
            views.start().settle();
            var rebuilding = views.projections().names().stream()
                    .map(name -> views.projections().rebuild(name))
                    .toList();
            for (int at = half; at < city.events().size(); at++) {
                views.log().append(city.events().subList(at, at + 1));
            }
            for (var rebuilt : rebuilding) {
                rebuilt.get(60, TimeUnit.SECONDS);
            }
            views.settle();

            untouched.log().append(city.events());
            untouched.start().settle();
            for (String name : views.projections().names()) {
                assertThat(views.serving(name)).isEqualTo(name + "_b");
                assertThat(views.contents(name + "_b")).as(name).isEqualTo(untouched.contents(name + "_a"));
            }
        }
    }
}
