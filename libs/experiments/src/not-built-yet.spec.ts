import { describe, it } from 'vitest';

describe('later releases', () => {
  it.todo('train by the MwT baseline (moda train --method mwt)');
  it.todo('read SVHN and folders of JPEG or PNG images');
  it.todo('fetch the official files of a data set and check their sums (moda data fetch)');
  it.todo('reproduce the tables of the study (moda reproduce rq1|rq2|rq3|rq4)');
});
