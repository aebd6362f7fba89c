import type { ReviewState } from '../api/documents';

export const STATES: ReviewState[] = ['draft', 'reviewed', 'released'];

export const STATE_COLORS: Record<ReviewState, string> = { draft: 'gray.7', reviewed: 'blue.8', released: '#226b32' };
