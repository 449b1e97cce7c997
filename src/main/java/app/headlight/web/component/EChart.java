package app.headlight.web.component;

/** The version of Apache ECharts that every chart is drawn with. */
final class EChart {

    static final String VERSION = "6.1.0";

    private EChart() {}
}
