/** Fitted by `node bench/conflicts-fit.mjs --write`: a coefficient for each of `FEATURES`, then the intercept; not edited by hand. */
export const FITTED: { readonly coefficients: readonly number[]; readonly threshold: number } = {
  coefficients: [
    1.162, -0.147, 1.465, -1.659, -1.081, -0.182, 0.506, 1.373, -1.909, 0.091, -0.958, -0.449, -0.194, 0.934, -0.016, 2.436, 0.416, 0.679,
    -1.308, 0.604, -0.571, 1.176, 0.995, 0.672, -0.201, -0.301, 1.462, 0.022, 1.823, 1.313, 0.606, -0.302, 1.882, -0.069, -0.52, 3.183,
    -1.643, -2.744,
  ],
  threshold: 0.6,
};
