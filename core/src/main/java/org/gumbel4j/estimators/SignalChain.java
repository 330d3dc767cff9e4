package org.gumbel4j.estimators;

import java.util.ArrayList;
import java.util.List;
import org.gumbel4j.random.Key;
import org.gumbel4j.tensor.Tensor;

/** One part after another; the state is that of the first, followed by that of the second. */
record SignalChain(LearningSignal first, LearningSignal second) implements LearningSignal {
  @Override
  public int size() {
    return first.size() + second.size();
  }

  @Override
  public List<Tensor> start(Tensor input, Key key) {
    return join(first.start(input, key.child(0)), second.start(input, key.child(1)));
  }

  @Override
  public Tensor at(List<Tensor> state, Tensor input, Tensor values) {
    return second.at(latter(state), input, first.at(former(state), input, values));
  }

  @Override
  public List<Tensor> next(List<Tensor> state, Tensor input, Tensor values) {
    List<Tensor> former = former(state);
    List<Tensor> latter = latter(state);
    List<Tensor> learnt = first.next(former, input, values);
    return second.size() == 0
        ? learnt
        : join(learnt, second.next(latter, input, first.at(former, input, values)));
  }

  @Override
  public int leastSamples() {
    return Math.max(first.leastSamples(), second.leastSamples());
  }

  @Override
  public boolean keepsScale() {
    return first.keepsScale() && second.keepsScale();
  }

  /** Of the part that is worth a name: the last that has one of its own. */
  @Override
  public String name() {
    return isNamed(second) ? second.name() : first.name();
  }

  @Override
  public String paper() {
    return isNamed(second) ? second.paper() : first.paper();
  }

  private static boolean isNamed(LearningSignal signal) {
    return !signal.name().equals(ScoreFunction.NAME);
  }

  private List<Tensor> former(List<Tensor> state) {
    return state.subList(0, first.size());
  }

  private List<Tensor> latter(List<Tensor> state) {
    return state.subList(first.size(), state.size());
  }

  private static List<Tensor> join(List<Tensor> a, List<Tensor> b) {
    List<Tensor> both = new ArrayList<>(a);
    both.addAll(b);
    return both;
  }
}
