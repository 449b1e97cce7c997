package app.headlight.web.explore;

/** A part of the screen that draws its part of what has been computed. */
interface Panel {

    void show(Exploration exploration);
}
