package org.voucherledger.benchmark.charts;

import java.util.Locale;
import org.voucherledger.benchmark.measure.Bar;
import org.voucherledger.benchmark.measure.Chart;

/** Draws a chart as SVG by hand: horizontal bars with their spread, on a ground of its own, for light and dark pages. */
final class SvgBars {

    private static final int WIDTH = 760;
    private static final int NAMES = 250;
    private static final int FIGURES = 90;
    private static final int TOP = 52;
    private static final int ROW = 34;
    private static final int BAR = 18;
    private static final int MARGIN = 16;
    private static final int LONGEST = WIDTH - NAMES - FIGURES - 2 * MARGIN;

    private static final String STYLE = """
            <style>
              text { font: 13px system-ui, sans-serif; fill: #1f2328; }
              .title { font-weight: 600; font-size: 15px; }
              .unit { fill: #59636e; }
              .ground { fill: #ffffff; stroke: #d1d9e0; }
              .bar { fill: #2f6feb; }
              .spread { stroke: #1f2328; stroke-width: 1.5; }
              @media (prefers-color-scheme: dark) {
                text { fill: #f0f6fc; }
                .unit { fill: #9198a1; }
                .ground { fill: #0d1117; stroke: #3d444d; }
                .bar { fill: #4493f8; }
                .spread { stroke: #f0f6fc; }
              }
            </style>
            """;

    private SvgBars() {}

    static String draw(Chart chart) {
        double most = chart.bars().stream().mapToDouble(Bar::most).max().orElse(0);
        double scale = most > 0 ? LONGEST / most : 0;
        int height = TOP + ROW * chart.bars().size() + MARGIN;
        var svg = new StringBuilder();
        svg.append(line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                WIDTH, height, escaped(chart.title())));
        svg.append(STYLE);
        svg.append(line(
                "<rect class=\"ground\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"6\"/>",
                WIDTH - 1, height - 1));
        svg.append(line(
                "<text class=\"title\" x=\"%d\" y=\"28\">%s <tspan class=\"unit\">(%s)</tspan></text>",
                MARGIN, escaped(chart.title()), escaped(chart.unit())));
        int y = TOP;
        for (Bar bar : chart.bars()) {
            svg.append(row(bar, y, scale));
            y += ROW;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String row(Bar bar, int y, double scale) {
        int left = MARGIN + NAMES;
        int middle = y + BAR / 2;
        int text = y + BAR - 4;
        return line("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", left - 8, text, escaped(bar.name()))
                + line(
                        "<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>",
                        left, y, Math.max(1, bar.median() * scale), BAR)
                + line(
                        "<line class=\"spread\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
                        left + bar.least() * scale, left + bar.most() * scale, middle, middle)
                + line(
                        "<text x=\"%.1f\" y=\"%d\">%s</text>",
                        left + bar.most() * scale + 8, text, Bar.figure(bar.median()));
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
