package org.voucherledger.projections;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.voucherledger.projections.fixture.RandomCity;
import org.voucherledger.projections.fixture.TestViews;

/** Every projection: told by several, and from zero once more, it is as it was. */
class RebuildTest {

    @Test
    @DisplayName("A view that two instances take from each other again and again is told each event once")
    void taken_from_each_other() throws Exception {
        try (var city = new RandomCity(11).lives(300);
                var views = new TestViews();
                var untouched = new TestViews();
                var other = views.beside()) {
            views.start();
            other.start();
            var events = city.events();
            var tellers = new HashSet<String>();
            for (int at = 0; at < events.size() || tellers.size() < 2; at += 10) {
                views.log().append(events.subList(Math.min(at, events.size()), Math.min(at + 10, events.size())));
                // As if each had been silent for too long whenever the other looks.
                views.jdbc().update("update projection.slot set told_until = '-infinity'");
                tellers.addAll(views.jdbc()
                        .queryForList(
                                "select distinct teller from projection.slot where teller is not null", String.class));
            }
            views.settle();

            untouched.log().append(events);
            untouched.start().settle();
            for (String name : views.projections().names()) {
                assertThat(views.contents(name + "_a")).as(name).isEqualTo(untouched.contents(name + "_a"));
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
